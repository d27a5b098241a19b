/** Reads the header Authorization by the rules of Signature Version 4: the algorithm, a blank, and three pairs with commas between. */
import { readCredential } from "./credential.ts";
import { basicDate, dateOfHeader } from "./dates.ts";
import { headerOf, type HeaderIndex } from "./wire.ts";
import type { Parsed, ParseProblem } from "./types.ts";

export const ALGORITHMS = [
  "AWS4-HMAC-SHA256",
  "AWS4-ECDSA-P256-SHA256",
] as const;

const PARTS = ["Credential", "SignedHeaders", "Signature"] as const;
const GLUED = /(?:Credential|SignedHeaders|Signature)\s*=/;
const SOME_PART = /\b(?:Credential|SignedHeaders)\s*=/;

/** Whether a value means to be a signature of Version 4, however damaged. */
export const meansVersion4 = (value: string): boolean =>
  /\bAWS4-/i.test(value) || SOME_PART.test(value);

export function readAuthorization(
  value: string,
  headers: HeaderIndex,
): Parsed | ParseProblem {
  const text = value.trim();
  const algorithm = ALGORITHMS.find((name) => text.startsWith(name));
  if (algorithm === undefined) return strangeStart(text);
  const after = text.slice(algorithm.length);
  if (!/^\s/.test(after))
    return {
      problem:
        after === ""
          ? "nothing follows the algorithm"
          : "no blank follows the algorithm",
      part: "Authorization",
    };
  const pairs = readPairs(after);
  if ("problem" in pairs) return pairs;
  const credential = readCredential(
    pairs.Credential,
    algorithm === "AWS4-HMAC-SHA256",
  );
  if ("problem" in credential) return credential;
  const date = readDate(headers);
  if (date !== null && typeof date === "object") return date;
  return {
    algorithm,
    form: "header",
    ...credential,
    signedHeaders: pairs.SignedHeaders.split(";"),
    signature: pairs.Signature,
    amzDate: date,
    expiresSeconds: null,
    sessionToken: headerOf(headers, "x-amz-security-token"),
    contentSha256: headerOf(headers, "x-amz-content-sha256"),
  };
}

function strangeStart(text: string): ParseProblem {
  if (/^Authorization\s*:/i.test(text))
    return {
      problem: "the header's name stands in its value",
      part: "Authorization",
    };
  if (/^["'`]/.test(text))
    return { problem: "quotation marks around it", part: "Authorization" };
  if (/^AWS4-/i.test(text))
    return { problem: "no algorithm of this name", part: "Algorithm" };
  return {
    problem: "the algorithm does not stand at the beginning",
    part: "Authorization",
  };
}

type Pairs = Record<(typeof PARTS)[number], string>;

function readPairs(text: string): Pairs | ParseProblem {
  const found: Partial<Pairs> = {};
  let last: (typeof PARTS)[number] | null = null;
  for (const piece of text.split(",")) {
    const pair = piece.trim();
    const equals = pair.indexOf("=");
    const name = PARTS.find((part) => part === pair.slice(0, equals).trim());
    if (equals === -1)
      return { problem: "a piece without an equals sign", part: last };
    // What AWS does not know, it leaves alone.
    if (name === undefined) continue;
    if (found[name] !== undefined)
      return { problem: "it stands there twice", part: name };
    found[name] = pair.slice(equals + 1).trim();
    if (GLUED.test(found[name]))
      return { problem: "no comma between two parts", part: name };
    last = name;
  }
  for (const name of PARTS) {
    const value = found[name];
    if (value === undefined) return { problem: "it is missing", part: name };
    if (value === "") return { problem: "it is empty", part: name };
    if (name !== "Credential" && /\s/.test(value))
      return { problem: "a blank stands in it", part: name };
  }
  return found as Pairs;
}

/** X-Amz-Date goes before Date. null: the request has neither. */
function readDate(headers: HeaderIndex): string | null | ParseProblem {
  const own = headerOf(headers, "x-amz-date");
  const general = own === null ? headerOf(headers, "date") : null;
  if (own === null && general === null) return null;
  const date = own === null ? dateOfHeader(general as string) : dateOfAmz(own);
  if (date !== null) return date;
  return {
    problem: "the date is not of the form YYYYMMDDTHHMMSSZ",
    part: own === null ? "Date" : "X-Amz-Date",
  };
}

/** Several services read an HTTP date there too. */
const dateOfAmz = (text: string): string | null =>
  basicDate(text) ?? (/^\d/.test(text) ? null : dateOfHeader(text));
