/** The token was edited after signing: the untouched one is known, or the signature still is the one of another token. */
import type { Investigation } from "../investigation.ts";
import { reasonsIn } from "./found-reasons.ts";
import {
  charactersFor,
  readSegment,
  signatureLengths,
} from "./damage-whole.ts";

/** A signature shorter than this in characters proves nothing when two tokens have it. */
const SHORTEST_SIGNATURE = 40;

export async function detectAltered(i: Investigation): Promise<void> {
  const text = i.token?.text;
  if (text === undefined || text.length > 65_536) return;
  const explains = reasonsIn(i, "format", "signature");
  const { clientToken, previousToken } = i.context;
  for (const original of [clientToken, previousToken]) {
    const changed = original === undefined ? null : difference(text, original);
    if (original === undefined || !changed) continue;
    const confidence =
      (await i.verifies(original)) === true ? "certain" : "likely";
    i.suspect("token.altered", {
      confidence,
      facts: { changed, by: "comparison" },
      explains,
      weight: 45,
    });
    return;
  }
  const oneCase =
    text.length > 60 &&
    /^([a-z0-9_-]+\.[a-z0-9_-]+\.[a-z0-9_-]+|[A-Z0-9_-]+\.[A-Z0-9_-]+\.[A-Z0-9_-]+)$/.test(
      text,
    );
  const broken = oneCase
    ? "letters, all turned to one case"
    : brokenCharacter(i, text);
  if (broken !== null)
    i.suspect("token.altered", {
      confidence: "likely",
      facts: { changed: [broken], by: "re_encoding" },
      explains,
      weight: oneCase ? 45 : 20,
    });
}

/** A part that no encoder makes, in a token that is otherwise whole: a character was changed, lost or added after it was made. */
function brokenCharacter(i: Investigation, text: string): string | null {
  const encoding = i.found("format.encoding");
  const segments = text.split(".");
  if (
    !encoding ||
    segments.length !== 3 ||
    (encoding.problem !== "length" && encoding.problem !== "trailing_bits")
  )
    return null;
  const [head = "", , tail = ""] = segments;
  const alg = readSegment(head)?.["alg"];
  const fits = signatureLengths(alg, i.key).some(
    (bytes) => charactersFor(bytes) === tail.length,
  );
  return fits && typeof alg === "string"
    ? `a character of the ${encoding.segment}`
    : null;
}

/** What differs when both are evidently one token. null: they are equal, or two tokens. */
function difference(text: string, original: string): readonly string[] | null {
  if (text === original) return null;
  if (text.toLowerCase() === original.toLowerCase())
    return ["upper and lower case"];
  const [head = "", body = "", tail = ""] = text.split(".", 4);
  const [originalHead = "", originalBody = "", originalTail = ""] =
    original.split(".", 4);
  if (
    head === originalHead &&
    body === originalBody &&
    body !== "" &&
    tail.length === originalTail.length
  )
    return ["the signature"];
  if (tail !== originalTail || tail.length < SHORTEST_SIGNATURE) return null;
  return [
    ...(head === originalHead ? [] : members("header", head, originalHead)),
    ...(body === originalBody ? [] : members("payload", body, originalBody)),
  ];
}

function members(
  part: string,
  segment: string,
  original: string,
): readonly string[] {
  const [now, before] = [readSegment(segment), readSegment(original)];
  if (!now || !before) return [`the ${part}`];
  const names = new Set([...Object.keys(now), ...Object.keys(before)]);
  const changed = [...names].filter(
    (name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]),
  );
  return changed.length > 0
    ? changed.slice(0, 8).map((name) => name.slice(0, 40))
    : [`the writing of the ${part}`];
}
