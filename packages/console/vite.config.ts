/** `npm run dev` serves the inspector at /inspector.html and renews it as its sources change. */
export { inspectorConfig as default } from "./build/inspector-config.ts";
