import type { Investigation } from "../investigation.ts";
import { serverWords } from "./server-words.ts";

/** A server that stumbles over an array. */
const DISLIKES_ARRAY =
  /\b(?:aud|audience)\b[^\n]{0,80}(?:\barray\b|\blist\b|START_ARRAY|must be a (?:single )?string)|(?:\barray\b|\blist\b|START_ARRAY|List<)[^\n]{0,80}(?:\baud\b|\baudience\b|\bString\b)/i;

/** What typ of an access token may be, or be left out (RFC 7519 section 5.1, RFC 9068 section 2.1). */
const LEGAL_TYPE = /^(?:no typ|(?:application\/)?(?:at\+)?jwt)$/i;

/** Comparisons of whole claims where the standards give them several values, and what the server's own words show it to dislike. */
export function detectTooStrict(i: Investigation): void {
  const { aud, scope } = i.token?.claims ?? {};
  const refused = i.found("audience.mismatch");
  if (refused && Array.isArray(aud)) {
    const fits = refused.found.some((value) =>
      refused.expected.includes(value),
    );
    if (fits || DISLIKES_ARRAY.test(serverWords(i.inquiry.response)))
      tooStrict(i, "an array in aud", "audience.mismatch");
  }
  const type = i.found("format.type");
  if (type && LEGAL_TYPE.test(type.found))
    tooStrict(i, `the type in the header (${type.found})`, "format.type");
  const compared = i.found("audience.claim_mismatch");
  if (typeof compared?.expected !== "string") return;
  if (
    compared.claim === "aud" &&
    Array.isArray(aud) &&
    aud.includes(compared.expected)
  )
    tooStrict(i, "an array in aud", "audience.claim_mismatch");
  if (
    compared.claim === "scope" &&
    typeof scope === "string" &&
    scope.split(" ").includes(compared.expected)
  ) {
    tooStrict(i, "several scopes in one text", "audience.claim_mismatch");
  }
}

const tooStrict = (
  i: Investigation,
  what: string,
  reason: "format.type" | "audience.mismatch" | "audience.claim_mismatch",
): void =>
  i.suspect("verifier.too_strict", {
    confidence: "likely",
    facts: { what },
    explains: [reason],
    weight: 40,
  });
