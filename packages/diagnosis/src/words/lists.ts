/** Lists as people say them: values of strangers are quoted and made safe, long lists are cut. */
import { quoted } from "./untrusted.ts";

const MOST = 5;

/** "a, b and c", of words of our own. */
export function and(words: readonly string[]): string {
  return joined(words, "and");
}

/** “a” or “b”, of values: any one of them would do. */
export function anyOf(values: readonly unknown[]): string {
  return values.length === 0 ? "nothing" : joined(values.map(quoted), "or");
}

/** “a”, “b” and “c”, of values. */
export function allOf(values: readonly unknown[]): string {
  return values.length === 0 ? "nothing" : joined(values.map(quoted), "and");
}

function joined(words: readonly string[], last: "and" | "or"): string {
  const shown = words.length > MOST ? [...words.slice(0, MOST), `${words.length - MOST} more`] : words;
  const end = shown.at(-1) ?? "";
  return shown.length < 2 ? end : `${shown.slice(0, -1).join(", ")} ${last} ${end}`;
}
