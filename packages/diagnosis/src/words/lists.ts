/** Lists as people say them: values of strangers are made safe, and long lists of them are cut. */
import { quoted, untrusted } from "./untrusted.ts";

const MOST = 5;

/** "a, b and c", of words of our own. */
export function and(words: readonly string[]): string {
  return joined(words, "and");
}

/** a, b and c, of names that strangers gave, without quotation marks. */
export function names(values: readonly string[]): string {
  return joined(cut(values.map(untrusted)), "and");
}

/** “a” or “b”, of values: any one of them would do. */
export function anyOf(values: readonly unknown[]): string {
  return values.length === 0
    ? "nothing"
    : joined(cut(values.map(quoted)), "or");
}

/** “a”, “b” and “c”, of values. */
export function allOf(values: readonly unknown[]): string {
  return values.length === 0
    ? "nothing"
    : joined(cut(values.map(quoted)), "and");
}

function joined(words: readonly string[], last: "and" | "or"): string {
  const end = words.at(-1) ?? "";
  return words.length < 2
    ? end
    : `${words.slice(0, -1).join(", ")} ${last} ${end}`;
}

const cut = (words: readonly string[]): readonly string[] =>
  words.length > MOST
    ? [...words.slice(0, MOST), `${words.length - MOST} more`]
    : words;
