/** Reads a compact JWS as a JWT: strict base64url, strict JSON, checked types. Nothing here looks at a key. */
import { platform } from "#crypto";
import type { Case } from "../case.ts";
import { inspectBase64url } from "../encoding/base64url.ts";
import { parseJsonObject, type JsonObject } from "../encoding/json.ts";
import { MAX_DEPTH } from "../policy.ts";
import type { SegmentName } from "../reasons.ts";
import type { JoseHeader } from "../token.ts";
import { finding, type Finding } from "../verdict.ts";
import { checkClaimTypes } from "./claim-types.ts";
import { checkHeader } from "./header.ts";
import { recogniseDocument } from "./document.ts";

/** The part of a case that reading fills. */
export type Readable = Pick<
  Case,
  "header" | "claims" | "jws" | "inputEnd" | "signature" | "unreadable"
>;

/** Fills header, claims and signature as far as they can be read. null: nothing is wrong with the form. */
export function readJws(
  token: Readable,
  text: string,
): readonly Finding[] | null {
  const first = text.indexOf(".");
  const second = text.indexOf(".", first + 1);
  const headerText = text.slice(0, first);
  token.jws = text;
  token.inputEnd = second;
  const header = readHeader(headerText);
  const claims = readObject(text.slice(first + 1, second), "payload");
  const signature = platform.decodeBase64url(text.slice(second + 1));
  token.signature = signature;
  if ("value" in header && "value" in claims && signature) {
    token.header = header.value as JoseHeader;
    token.claims = claims.value;
    const wrong = checkClaimTypes(claims.value);
    if (wrong)
      token.unreadable = wrong.map(
        ({ evidence }) => (evidence as { claim: string }).claim,
      );
    return header.findings === null
      ? wrong
      : [...header.findings, ...(wrong ?? [])];
  }
  const document = recogniseDocument(text.trim());
  if (document !== null)
    return [finding("format.not_jwt", { looksLike: document, dots: 2 })];
  if ("value" in header) token.header = header.value as JoseHeader;
  return [
    ...("value" in header ? (header.findings ?? []) : [header.finding]),
    ...("value" in claims ? [] : [claims.finding]),
    ...(signature ? [] : [badEncoding(text.slice(second + 1), "signature")]),
  ].toSorted(encodingFirst);
}

/** A part that is not base64url explains what follows from it: JSON that cannot be read. */
const encodingFirst = (a: Finding, b: Finding): number =>
  Number(b.reason === "format.encoding") -
  Number(a.reason === "format.encoding");

type Read = { readonly value: JsonObject } | { readonly finding: Finding };
type ReadHeader =
  | { readonly value: JsonObject; readonly findings: readonly Finding[] | null }
  | { readonly finding: Finding };

const headers = new Map<string, ReadHeader>();
const MAX_HEADERS = 64;

/** Tokens of one issuer share a handful of headers: each is read and checked once. Long ones are not kept, so the memory is bounded. */
function readHeader(text: string): ReadHeader {
  const known = headers.get(text);
  if (known) return known;
  const read = readObject(text, "header");
  const result: ReadHeader =
    "value" in read
      ? {
          value: deepFreeze(read.value),
          findings: deepFreeze(checkHeader(read.value)),
        }
      : read;
  if (text.length <= 1024 && "value" in result) {
    if (headers.size >= MAX_HEADERS)
      headers.delete(headers.keys().next().value as string);
    headers.set(text, result);
  }
  return result;
}

/** Reads a base64url segment as a JSON object. */
export function readObject(segment: string, name: "header" | "payload"): Read {
  const reason = `format.${name}` as const;
  if (segment === "")
    return { finding: finding(reason, { problem: "empty", member: null }) };
  const text = platform.decodeText(segment);
  if (text === null) {
    return {
      finding: platform.decodeBase64url(segment)
        ? finding(reason, { problem: "not_utf8", member: null })
        : badEncoding(segment, name),
    };
  }
  const parsed = parseJsonObject(text, MAX_DEPTH);
  if ("value" in parsed) return parsed;
  if ("depth" in parsed)
    return {
      finding: finding("format.too_large", {
        what: "depth",
        limit: MAX_DEPTH,
        found: parsed.depth,
      }),
    };
  return { finding: finding(reason, parsed) };
}

/** Says where a segment leaves base64url. */
export function badEncoding(segment: string, name: SegmentName): Finding {
  const found = inspectBase64url(segment) ?? {
    position: 0,
    problem: "length" as const,
    character: null,
  };
  return finding("format.encoding", { segment: name, ...found });
}

/** Freezes a JSON value and all that is in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}
