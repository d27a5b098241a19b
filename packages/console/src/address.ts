/** What the part of the address after # means: a way to work, or a page of the handbook that lies open beside it. Nothing of it is ever sent. */
import { useSyncExternalStore } from "react";

export const MODES = ["inspect", "edit", "compare", "tour"] as const;
export type Mode = (typeof MODES)[number];

export type Address =
  | { readonly mode: Mode }
  /** A page, or "" for the list of all. */
  | { readonly page: string }
  /** The example of a page is to be shown in the inspector. */
  | { readonly example: string };

/** Anything else is the inspector. */
export function readAddress(hash: string): Address {
  const path = hash.replace(/^#\/?/, "");
  if (path === "handbook") return { page: "" };
  const [, of, page] =
    /^(example\/)?((?:reasons|causes|guides)\/[\w.-]+)$/.exec(path) ?? [];
  if (page !== undefined)
    return of === undefined ? { page } : { example: page };
  return { mode: MODES.find((mode) => mode === path) ?? "inspect" };
}

export const addressOfMode = (mode: Mode): string => `#/${mode}`;
export const addressOfPage = (page: string): string => `#/${page}`;

export function useHash(): string {
  return useSyncExternalStore(listen, () => location.hash);
}

function listen(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}
