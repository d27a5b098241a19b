/** Builds the console if it must, and becomes `assay serve`. */
import { buildConsole } from "./build-console.ts";

buildConsole();
process.argv.splice(2, 0, "serve");
await import("../packages/cli/bin/assay.js");
