/** @assay/issuer: the server process. Today it serves the console. */
export { createApp, type AppOptions } from "./app.ts";
export { readConsole, type ConsoleFile } from "./console-files.ts";
export {
  SETTINGS,
  readSettings,
  type ServerOptions,
  type Settings,
} from "./options.ts";
export {
  startServer,
  type RunningServer,
  type Surroundings,
} from "./server.ts";
export { StartError } from "./start-error.ts";
