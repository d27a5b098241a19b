/** `npm run dev` serves the inspector at /inspector.html and renews it as its sources change; pages and vectors are read once. */
export { inspectorConfig as default } from "./build/inspector-config.ts";
