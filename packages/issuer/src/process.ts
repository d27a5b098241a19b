/** @assay/issuer/process: what a server process of ours stands on: a table of settings, a port, and how it stops. It loads no issuer. */
export { isLoopback } from "./options/is-loopback.ts";
export { readTable, type SettingsTable } from "./options/read-table.ts";
export { flaggedUnder, type Setting } from "./options/setting.ts";
export { shownTable } from "./options/shown-table.ts";
export {
  duration,
  isAddressRange,
  list,
  oneOf,
  path,
  text,
  truth,
} from "./options/values.ts";
export { closeServer, listen, type Listening } from "./listen.ts";
export { StartError } from "./start-error.ts";
export { readTls } from "./tls.ts";
