/** Builds the console if it must, and becomes `assay serve`. */
import { buildConsole } from "./build-console.ts";
import { repositoryPath } from "./repository.mjs";

buildConsole();
// A clone keeps to itself: its data lies in its own folder.
process.env["ASSAY_DATA_FOLDER"] ??= repositoryPath(".assay");
process.argv.splice(2, 0, "serve");
await import("../packages/cli/bin/assay.js");
