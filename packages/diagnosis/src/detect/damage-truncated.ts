/** The end of the token is cut off: shown by the client's own copy, or seen by what is missing. */
import type { Investigation } from "../investigation.ts";
import type { Attempted } from "./damage-repair.ts";
import { reasonsIn } from "./found-reasons.ts";
import {
  bytesIn,
  charactersFor,
  readSegment,
  signatureLengths,
  wholeToken,
} from "./damage-whole.ts";

/** Shorter pieces would fit any token. */
const SHORTEST_PIECE = 16;
/** Lengths at which databases, cookies, headers and terminals cut. */
const LIMITS = new Set([
  80, 100, 120, 128, 200, 250, 254, 255, 256, 500, 511, 512, 1000, 1023, 1024,
  1500, 2000, 2047, 2048, 4000, 4093, 4095, 4096, 8000, 8190, 8191, 8192,
]);
/** Where a log or a screen leaves out the middle or the end. */
const ELLIPSIS =
  /…|\.{3,}|\*{3,}|\[(?:redacted|truncated|masked|snip|\.\.\.)\]/i;

interface Cut {
  readonly missing: string;
  /** Default: the end. */
  readonly where?: "start" | "inside";
  readonly confidence: "certain" | "likely" | "possible";
}

export function detectTruncated(
  i: Investigation,
  texts: readonly Attempted[],
): void {
  for (const { text, damages } of texts) {
    const cut =
      againstClientToken(text, i.context.clientToken) ?? inItself(i, text);
    if (!cut) continue;
    const { length } = text;
    const at = LIMITS.has(length) ? `, cut at ${length} characters` : "";
    const facts = {
      segments: text.split(".", 6).length,
      length,
      missing: `${cut.missing}${at}`,
      where: cut.where ?? "end",
    } as const;
    i.suspect("token.truncated", {
      confidence: cut.confidence,
      facts,
      explains: reasonsIn(i, "request", "format", "signature"),
      weight: 40 - damages.length + (at ? 5 : 0),
    });
    return;
  }
}

function againstClientToken(
  text: string,
  whole: string | undefined,
): Cut | null {
  if (whole === undefined || text.length >= whole.length) return null;
  const [start = "", end = ""] = text.split(ELLIPSIS);
  if (start.length < SHORTEST_PIECE && end.length < SHORTEST_PIECE) return null;
  const missing = whole.length - start.length - end.length;
  if (text === start) {
    if (whole.startsWith(text))
      return {
        missing: `the last ${missing} characters`,
        confidence: "certain",
      };
    return whole.endsWith(text)
      ? {
          missing: `the first ${missing} characters`,
          where: "start",
          confidence: "certain",
        }
      : null;
  }
  return whole.startsWith(start) && whole.endsWith(end)
    ? {
        missing: `${missing} characters where the text was shortened`,
        ...(end !== "" && { where: "inside" as const }),
        confidence: "certain",
      }
    : null;
}

function inItself(i: Investigation, text: string): Cut | null {
  const header = readSegment(text.slice(0, Math.max(0, text.indexOf("."))));
  if (!header && !text.startsWith("eyJ")) return startsLate(text);
  if (ELLIPSIS.test(text))
    return {
      missing: "what a log or a screen left out",
      ...(text.split(ELLIPSIS).at(-1) !== "" && { where: "inside" as const }),
      confidence: "likely",
    };
  const segments = text.split(".", 6);
  if (!segments.every((segment) => /^[\w-]*$/.test(segment))) return null;
  const due = typeof header?.["enc"] === "string" ? 5 : 3;
  if (segments.length === 1) return ofOnePart(text);
  if (segments.length < due) {
    const unsigned = String(header?.["alg"]).toLowerCase() === "none";
    return {
      missing:
        due === 5
          ? `${due - segments.length} of the five parts of a JWE`
          : "the signature",
      confidence: unsigned ? "possible" : "likely",
    };
  }
  return segments.length === 3 && due === 3
    ? inSignature(i, segments[2] as string, header)
    : null;
}

/** JSON that is no header of a token, such as an API key in base64, was not cut off. */
function ofOnePart(text: string): Cut | null {
  const header = readSegment(text);
  if (header && !("alg" in header)) return null;
  return {
    missing: header
      ? "payload and signature"
      : "the end of the header and all that follows",
    confidence: "likely",
  };
}

function inSignature(
  i: Investigation,
  signature: string,
  header: Readonly<Record<string, unknown>> | null,
): Cut | null {
  const lengths = signatureLengths(header?.["alg"], i.key);
  if (signature === "")
    return i.found("signature.missing")
      ? { missing: "the signature", confidence: "possible" }
      : null;
  const bytes = bytesIn(signature.length);
  const [due] = lengths;
  if (due === undefined || lengths.includes(bytes))
    return signature.length % 4 === 1
      ? {
          missing: "the last characters of the signature",
          confidence: "likely",
        }
      : null;
  const longer = lengths.find((length) => length > bytes);
  if (longer === undefined) return null;
  // A signature that is exactly as long as another algorithm's or key's was made so, and not cut.
  const made =
    [20, 32, 48, 64, 96, 128, 132, 256, 384, 512].includes(bytes) &&
    signature.length === charactersFor(bytes);
  const missing =
    lengths.length === 1
      ? `${charactersFor(longer) - signature.length} characters of the signature`
      : "the end of the signature";
  return { missing, confidence: made ? "possible" : "likely" };
}

/** How tokens begin: a selection that started a few characters late lost some of them. */
const BEGINNINGS = ["eyJhbGciOiJ", "eyJ0eXAiOiJ", "eyJraWQiOiJ", "eyJ4NXQiOiJ"];

function startsLate(text: string): Cut | null {
  if (text.length > 16_384 || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text))
    return null;
  const head = text.slice(0, text.indexOf("."));
  for (const beginning of BEGINNINGS) {
    for (let lost = 1; lost < beginning.length; lost++) {
      if (
        readSegment(beginning.slice(0, lost) + head) &&
        wholeToken(beginning.slice(0, lost) + text)
      )
        return {
          missing: `the first ${lost} characters`,
          where: "start",
          confidence: "likely",
        };
    }
  }
  return null;
}
