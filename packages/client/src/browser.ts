/** @assay/client/browser: what tabs share. */
export {
  TabStore,
  type Channel,
  type KeptTexts,
  type Locks,
  type TabStoreOptions,
} from "./browser/tab-store.ts";
