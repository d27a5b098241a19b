/** Looks for a whole token under several damages at once: the repairs are tried one after the other, breadth first, within bounds. */
import type { Investigation } from "../investigation.ts";
import { joinLines, trimBlanks } from "./damage-blanks.ts";
import { cutOut } from "./damage-cut-out.ts";
import {
  decodeAgain,
  parseAgain,
  percentDecode,
  toBase64url,
} from "./damage-decode.ts";
import { takeMember } from "./damage-json-member.ts";
import type { Attempted, Repair } from "./damage-repair.ts";
import { dropScheme } from "./damage-scheme-word.ts";
import { restoreDashes } from "./damage-typography.ts";
import { unescape, unquote } from "./damage-unquote.ts";
import { verifiesAsSigned } from "./damage-verifies.ts";
import { bytesIn, signatureLengths, wholeToken } from "./damage-whole.ts";

/** THE LIST of repairs: at equal depth, the one that explains more comes first. */
const REPAIRS: readonly Repair[] = [
  takeMember,
  parseAgain,
  percentDecode,
  decodeAgain,
  dropScheme,
  unquote,
  unescape,
  joinLines,
  trimBlanks,
  toBase64url,
  restoreDashes,
];

const DEEPEST = 4;
const MOST_TEXTS = 24;
const MOST_CHECKS = 6;

export interface Found extends Attempted {
  /** The signature verifies, or the text is the very token that the client has. */
  readonly shown: boolean;
}

export interface Search {
  /** The best repaired token. null: no repair makes one. */
  readonly found: Found | null;
  /** Every text that came up, the given one first. */
  readonly texts: readonly Attempted[];
}

export async function searchRepairs(
  i: Investigation,
  text: string,
): Promise<Search> {
  const texts = attemptAll(i, text);
  const whole = texts.flatMap((attempted) => rate(i, attempted));
  // A cut comes last: nearly every damaged text has some whole token inside.
  if (!whole.some(({ fits }) => fits)) {
    for (const { text: damaged, damages } of texts) {
      const cut = i.budget.take(1) ? cutOut(damaged) : null;
      if (cut)
        whole.push(
          ...rate(i, {
            text: cut.text,
            damages: [...damages, cut.damage],
            before: damaged,
          }),
        );
    }
  }
  const best = whole.toSorted(
    (a, b) =>
      Number(b.fits) - Number(a.fits) || a.damages.length - b.damages.length,
  );
  for (const candidate of best.slice(0, MOST_CHECKS)) {
    if (
      candidate.text === i.context.clientToken ||
      (await verifiesAsSigned(i, candidate))
    )
      return { found: { ...candidate, shown: true }, texts };
  }
  const [first] = best;
  return { found: first ? { ...first, shown: false } : null, texts };
}

function attemptAll(
  { budget }: Investigation,
  text: string,
): readonly Attempted[] {
  const texts: Attempted[] = [{ text, damages: [], before: null }];
  const seen = new Set([text]);
  for (let at = 0; at < texts.length; at++) {
    const attempted = texts[at] as Attempted;
    if (
      attempted.damages.length >= DEEPEST ||
      !budget.take(1 + attempted.text.length / 1000)
    )
      continue;
    for (const repair of REPAIRS) {
      const result = texts.length < MOST_TEXTS ? repair(attempted.text) : null;
      if (!result || seen.has(result.text)) continue;
      seen.add(result.text);
      texts.push({
        text: result.text,
        damages: [...attempted.damages, result.damage],
        before: attempted.text,
      });
    }
  }
  return texts;
}

interface Rated extends Attempted {
  /** The signature has a length that its algorithm makes. */
  readonly fits: boolean;
}

function rate(i: Investigation, attempted: Attempted): readonly Rated[] {
  const { text, damages } = attempted;
  const whole = wholeToken(text);
  if (!whole || damages.length === 0) return [];
  const signature = text.slice(text.lastIndexOf(".") + 1);
  const lengths = signatureLengths(whole.header["alg"], i.key);
  const fits =
    whole.form === "JWE" ||
    (signature !== "" &&
      (lengths.length === 0 || lengths.includes(bytesIn(signature.length))));
  return [{ ...attempted, fits }];
}
