/** What the build makes for the page: see packages/console/build. */
declare module "virtual:diagnosis-worker" {
  /** The worker's script. */
  const source: string;
  export default source;
}

declare module "virtual:handbook-search" {
  import type { SearchEntry } from "@assay/handbook/search";
  const entries: readonly SearchEntry[];
  export default entries;
}

declare module "virtual:samples" {
  /** The inquiry of each sample, as text, by its name. */
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
