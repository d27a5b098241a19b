/** The query in its canonical form: decoded and encoded anew, sorted by name and value, every name with an equals sign. */
import { decode, recode } from "./percent.ts";
import { pairsOf } from "./wire.ts";

export type QueryPair = readonly [string, string];

/** By code units, as the rule says, not by any language's alphabet. */
export const byCodeUnits = (a: string, b: string): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The pairs as they are signed, in the order of the wire. `drop` are names in small letters. */
export function signedPairs(
  query: string | null,
  drop: ReadonlySet<string>,
): readonly QueryPair[] {
  return pairsOf(query)
    .filter(
      ([name]) => drop.size === 0 || !drop.has(decode(name).toLowerCase()),
    )
    .map(([name, value]) => [
      recodeQuery(name),
      value === null ? "" : recodeQuery(value),
    ]);
}

/** A plus in a query means a blank (as servers read forms), and a blank is %20. */
const recodeQuery = (text: string): string =>
  recode(text.includes("+") ? text.replaceAll("+", "%20") : text);

export const sortPairs = (pairs: readonly QueryPair[]): readonly QueryPair[] =>
  pairs.toSorted((a, b) => byCodeUnits(a[0], b[0]) || byCodeUnits(a[1], b[1]));

export const writePairs = (pairs: readonly QueryPair[]): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join("&");
