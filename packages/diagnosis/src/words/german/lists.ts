/** Lists and quotations as German has them: values of strangers are made safe, and long lists of them are cut. */
import { untrusted } from "../untrusted.ts";

const MOST = 5;

/** A value as it was found, in German quotation marks. */
export function quoted(value: unknown): string {
  return `„${untrusted(value)}“`;
}

/** A value by its JSON type: text in quotation marks, all else as it is. */
export function typed(value: unknown): string {
  return typeof value === "string" ? quoted(value) : untrusted(value);
}

/** "a, b und c", of words of our own. */
export function and(words: readonly string[]): string {
  return joined(words, "und");
}

/** a, b und c, of names that strangers gave, without quotation marks. */
export function names(values: readonly string[]): string {
  return cutAnd(values.map(untrusted));
}

/** The same, of words that are safe already. */
export function cutAnd(words: readonly string[]): string {
  return joined(cut(words), "und");
}

/** „a“ oder „b“, of values: any one of them would do. */
export function anyOf(values: readonly unknown[]): string {
  return values.length === 0
    ? "nichts"
    : joined(cut(values.map(quoted)), "oder");
}

/** „a“, „b“ und „c“, of values. */
export function allOf(values: readonly unknown[]): string {
  return values.length === 0 ? "nichts" : cutAnd(values.map(quoted));
}

function joined(words: readonly string[], last: "und" | "oder"): string {
  const end = words.at(-1) ?? "";
  return words.length < 2
    ? end
    : `${words.slice(0, -1).join(", ")} ${last} ${end}`;
}

const cut = (words: readonly string[]): readonly string[] =>
  words.length > MOST
    ? [...words.slice(0, MOST), `${words.length - MOST} weitere`]
    : words;
