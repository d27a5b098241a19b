/** A whole token with something before or after it: a parameter, a comma, another token, a line of a log. */
import { repaired, type Repair, type Repaired } from "./damage-repair.ts";
import {
  charactersFor,
  readSegment,
  signatureLengths,
  wholeToken,
} from "./damage-whole.ts";

/** Where a signature can have several lengths, no more characters than this are taken for something that hangs on it. */
const MOST_HANGING = 24;

/** The first token inside the text, with what stands around it. Linear: the text is split once, and one piece is cut. */
export const cutOut: Repair = (text) => {
  const bare = text.trim();
  for (const { piece, start } of pieces(bare)) {
    const begin = piece.indexOf("eyJ");
    if (begin < 0) continue;
    const token = firstToken(piece.slice(begin));
    if (!token) continue;
    // A tilde ties disclosures to an SD-JWT (RFC 9901): a form of its own, and no damage.
    const from = start + begin;
    return bare[from + token.length] === "~"
      ? null
      : around(text, bare, from, token);
  }
  return null;
};

function around(
  text: string,
  bare: string,
  from: number,
  token: string,
): Repaired | null {
  const before = bare.slice(0, from);
  const after = bare.slice(from + token.length);
  const facts =
    after === ""
      ? { what: describe(before), where: "before" as const }
      : { what: describe(after), where: "after" as const };
  return repaired(text, token, "token.concatenated", facts);
}

/** Runs of characters that a token can have. */
function* pieces(
  text: string,
): Generator<{ readonly piece: string; readonly start: number }> {
  const run = /[\w.-]+/g;
  for (let match = run.exec(text); match; match = run.exec(text))
    if (match[0].length > 20) yield { piece: match[0], start: match.index };
}

/** The token at the start of a run: three parts, the third ending where another token begins or where the signature must end. */
function firstToken(run: string): string | null {
  const [head = "", body = "", tail = ""] = run.split(".", 4);
  if (tail === "") return null;
  const glued = tail.indexOf("eyJ");
  const signature = glued > 0 ? tail.slice(0, glued) : tail;
  const lengths = signatureLengths(readSegment(head)?.["alg"], null).map(
    charactersFor,
  );
  const fits = (length: number): boolean =>
    length <= signature.length &&
    (lengths.length === 1 || signature.length - length <= MOST_HANGING);
  const due = lengths.findLast(fits) ?? signature.length;
  const token = `${head}.${body}.${signature.slice(0, due)}`;
  return wholeToken(token) ? token : null;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/eyJ/, "another token"],
  [/^&|[?&]\w+=/, "parameters of a URL or a form"],
  [
    /^;|;\s*(path|domain|httponly|secure|samesite|expires|max-age)/i,
    "attributes of a cookie",
  ],
  [/^,/, "a comma and what follows it"],
  [/#/, "a fragment of a URL"],
  [/[=:]\s*$/, "the name of a variable or parameter"],
  [/^[.!?)\]}>]+$/, "a punctuation mark"],
  [/^(null|undefined)/, "the word null or undefined"],
];

const describe = (rest: string): string =>
  KINDS.find(([pattern]) => pattern.test(rest))?.[1] ?? "other text";
