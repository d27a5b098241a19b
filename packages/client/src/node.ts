/** @assay/client/node: what processes of one machine share, and signing in from one. */
export { FileStore, type FileStoreOptions } from "./node/file-store.ts";
export type { LockTimes } from "./node/file-lock.ts";
export { keptDpopKey } from "./node/kept-key.ts";
export {
  signInByLoopback,
  type LoopbackWishes,
} from "./node/loopback-sign-in.ts";
