import { repaired, type Repair } from "./damage-repair.ts";

const KNOWN =
  /^(authorization|proxy-authorization|x-access-token|bearer|token|jwt|dpop|oauth2?|basic|apikey|ssws)([\s:=,;|+]+|[-_]?(?=eyJ))/i;
/** Any one word before what evidently begins a token. */
const ANY = /^([a-z][a-z0-9_-]{0,30}:?)[ \t]+(?=eyJ)/i;

/** A line has "Authorization:" and a scheme and perhaps the scheme again; more words than this are another text. */
const MOST_WORDS = 4;

/** The scheme words before the token, as they stand, without the blank after them. */
export function schemeWords(text: string): {
  readonly words: readonly string[];
  readonly rest: string;
} {
  const words: string[] = [];
  let rest = text;
  while (words.length < MOST_WORDS) {
    const [whole, word, between = " "] =
      KNOWN.exec(rest) ?? ANY.exec(rest) ?? [];
    // "token=" is a parameter's name, and no scheme.
    if (
      whole === undefined ||
      word === undefined ||
      (between.startsWith("=") && /token$/i.test(word))
    )
      break;
    words.push(`${word}${between.trim()}`);
    rest = rest.slice(whole.length);
  }
  return { words, rest };
}

/** Drops the words for a scheme from the front. */
export const dropScheme: Repair = (text) => {
  const { words, rest } = schemeWords(text);
  if (words.length === 0) return null;
  return repaired(text, rest, "token.scheme_repeated", {
    where: "token",
    scheme: words.join(" ").slice(0, 64),
  });
};
