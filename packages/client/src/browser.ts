/** @assay/client/browser: what tabs share. */
export { keptDpopKey } from "./browser/kept-key.ts";
export {
  TabStore,
  type Channel,
  type KeptTexts,
  type Locks,
  type TabStoreOptions,
} from "./browser/tab-store.ts";
