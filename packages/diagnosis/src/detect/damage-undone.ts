/** Names the damages that were undone on the way to a whole token: the outermost first, blanks after all others. */
import type { Investigation } from "../investigation.ts";
import type { Carried } from "./damage-carried.ts";
import type { Damage } from "./damage-repair.ts";
import type { Found } from "./damage-search.ts";
import { reasonsIn } from "./found-reasons.ts";
import { wholeToken } from "./damage-whole.ts";

export function suspectUndone(
  i: Investigation,
  carried: Carried,
  { damages, shown }: Found,
): void {
  const explains = reasonsIn(i, "request", "format", "signature");
  const named =
    carried.at === "header"
      ? asHeader(i, carried.text, damages)
      : damages.map((damage) => placed(damage, carried));
  named.toSorted(blanksLast).forEach(({ cause, facts }, n) => {
    i.suspect(cause, {
      confidence: shown ? "certain" : "likely",
      facts,
      explains,
      weight: 60 - n,
    });
  });
}

/** A bare token as the whole value of the header. */
export async function detectBareToken(
  i: Investigation,
  { text, at }: Carried,
): Promise<boolean> {
  if (at !== "header" || !wholeToken(text)) return false;
  const verified = (await i.verifies(text)) === true;
  i.suspect("token.scheme_missing", {
    confidence: verified ? "certain" : "likely",
    facts: { found: null, expected: i.policy.scheme ?? "Bearer" },
    explains: ["request.scheme_unsupported"],
    weight: 60,
  });
  return true;
}

/** The schemes that carry access tokens (RFC 6750 section 2.1, RFC 9449 section 7.1). */
const SENDS_TOKENS = /^(?:bearer|dpop)$/i;

const isBlank = ({ cause }: Damage): boolean => cause === "token.whitespace";
const blanksLast = (a: Damage, b: Damage): number =>
  Number(isBlank(a)) - Number(isBlank(b));

const placed = (damage: Damage, { at }: Carried): Damage =>
  damage.cause === "token.scheme_repeated"
    ? {
        ...damage,
        facts: { ...damage.facts, where: at === "token" ? "token" : "header" },
      }
    : damage;

/** In a header value without the due scheme, the scheme's own word is no damage, and one other word stands in its place. */
function asHeader(
  i: Investigation,
  text: string,
  damages: readonly Damage[],
): readonly Damage[] {
  const expected = i.policy.scheme ?? "Bearer";
  const at = damages.findIndex(
    ({ cause }) => cause === "token.scheme_repeated",
  );
  const found = damages[at];
  if (found?.cause !== "token.scheme_repeated")
    return [...damages, ...missing(damages.length === 0, null, expected)];
  const words = found.facts.scheme.split(" ");
  const [word = ""] = words;
  const others = damages.filter((_, n) => n !== at);
  // Bearer where DPoP is due, or the reverse, is no damage: the family binding knows what it means.
  const other = word.toLowerCase() !== expected.toLowerCase();
  if (
    words.length === 1 &&
    other &&
    SENDS_TOKENS.test(word) &&
    SENDS_TOKENS.test(expected)
  )
    return others;
  if (words.length > 1)
    return damages.map((damage, n) =>
      n === at
        ? { ...found, facts: { ...found.facts, where: "header" } }
        : damage,
    );
  if (other) return [...missing(true, word, expected), ...others];
  if (others.length > 0) return others;
  // The right word, with something else than a blank after it.
  const between = /^[a-z]+([^])/i.exec(text)?.[1] ?? "";
  const blank: Damage = {
    cause: "token.whitespace",
    facts: {
      where: "before",
      characters: [
        `U+${(between.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
      ],
    },
  };
  return /\s|\p{Cf}/u.test(between)
    ? [blank]
    : missing(true, text.slice(0, word.length + 1), expected);
}

const missing = (
  applies: boolean,
  found: string | null,
  expected: string,
): readonly Damage[] =>
  applies
    ? [
        {
          cause: "token.scheme_missing",
          facts: { found: found?.slice(0, 20) ?? null, expected },
        },
      ]
    : [];
