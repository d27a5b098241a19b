import type { Case, Judgement } from "../case.ts";
import type { MaybePromise } from "../crypto/platform.ts";
import { splitSegments } from "../formats/compact.ts";
import { openJwe } from "../formats/jwe.ts";
import { readJws } from "../formats/jws.ts";
import { recogniseDocument } from "../formats/document.ts";
import { finding } from "../verdict.ts";
import { judgeKind } from "./kind.ts";

/**
 * Form and nothing else: a compact JWS, or a JWE that opens to one (RFC 7519 section 7.2), small enough, strictly encoded,
 * whose header and claims have the JSON types that the standards give them, and whose kind is the one that is due.
 */
export function judgeFormat(token: Case): MaybePromise<Judgement> {
  const text = token.token;
  if (text === null) return { needs: "request" };
  if (typeof text !== "string")
    return [
      finding("format.not_jwt", {
        looksLike: text === null ? "null" : typeof text,
        dots: 0,
      }),
    ];
  const { maxLength } = token.policy;
  if (text.length > maxLength)
    return [
      finding("format.too_large", {
        what: "token",
        limit: maxLength,
        found: text.length,
      }),
    ];
  const segments = splitSegments(text);
  if (segments === 3) return judgeJws(token, text);
  if (text.trim() === "")
    return [finding("format.empty", { length: text.length })];
  const document = recogniseDocument(text.trim());
  if (segments === 1 || document !== null)
    return [
      finding("format.not_jwt", {
        looksLike: document ?? "text without a dot",
        dots: segments - 1,
      }),
    ];
  if (segments !== 5)
    return [finding("format.segments", { found: segments, expected: [3, 5] })];
  const opened = openJwe(token, text);
  return opened instanceof Promise
    ? opened.then((inner) => judgeOpened(token, inner))
    : judgeOpened(token, opened);
}

function judgeOpened(token: Case, inner: string | Judgement): Judgement {
  return typeof inner === "string" ? judgeJws(token, inner) : inner;
}

function judgeJws(token: Case, text: string): Judgement {
  const findings = readJws(token, text);
  if (findings === null) return judgeKind(token);
  if (token.claims === null) return findings;
  return [...findings, ...(judgeKind(token) ?? [])];
}
