/** @assay/issuer: an authorization server as one fetch function, and the server process that runs it with the console. */
export { createApp, type AppOptions } from "./app.ts";
export { readConsole, type ConsoleFile } from "./console-files.ts";
export { SETTINGS, type ServerOptions, type Settings } from "./options.ts";
export { readSettings } from "./options/read-settings.ts";
export { shownSettings } from "./options/shown-settings.ts";
export {
  startServer,
  type RunningServer,
  type Surroundings,
} from "./server.ts";
export {
  createIssuer,
  type Issuer,
  type IssuerOptions,
} from "./create-issuer.ts";
export type {
  AdminAnswer,
  AdminInput,
  AdminMethod,
  AdminPath,
} from "./admin/client-types.ts";
export { issuerListener } from "./issuer-listener.ts";
export type { Client } from "./clients/client.ts";
export type { Resource, ExchangeRule } from "./resources/resource.ts";
export type { Store } from "./store/store.ts";
export { StoreUnavailable } from "./store/store.ts";
export { MasterSecret, UnsealError } from "./master-key.ts";
export {
  askForAdminToken,
  markStoreRestored,
  resealStore,
  type Resealed,
} from "./keep-store.ts";
export { databaseFileOf } from "./configured-store.ts";
export { readTls } from "./tls.ts";
export { openSqliteStore } from "./store/sqlite/sqlite-store.ts";
export { openPostgresStore } from "./store/postgres/postgres-store.ts";
export { StartError } from "./start-error.ts";
export {
  backUpSqlite,
  restoreSqlite,
  type Restored,
} from "./store/sqlite/backup.ts";
export { ExportError, linesOf, verifyExport } from "./journal/export.ts";
export { sayFault, type ChainLink } from "./journal/verify-chain.ts";
