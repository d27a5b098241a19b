/** Makes of a server's statement a finding, with the evidence that its words and the token itself give. */
import { finding, headerValues, type Finding } from "@assay/token";
import type { Inquiry } from "./inquiry.ts";
import type { Statement } from "./testimony-answer.ts";

export interface Said {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly now: number;
}

/** null: the statement is not about this token, or the token itself shows that it cannot be so. */
export function findingOf({ reason, challenge, words }: Statement, { header, claims, now }: Said, inquiry: Inquiry): Finding | null {
  const alg = typeof header["alg"] === "string" ? header["alg"].slice(0, 64) : "";
  const kid = typeof header["kid"] === "string" ? header["kid"] : null;
  const time = (claim: string): number => (typeof claims[claim] === "number" ? claims[claim] : (momentIn(words) ?? now));
  const expected = expectedIn(words);
  const moment = { now, toleranceSeconds: 0 };
  switch (reason) {
    case "request.token_missing":
      return finding(reason, { scheme: inquiry.policy?.scheme ?? "Bearer", headers: Object.keys(inquiry.request?.headers ?? {}).map((name) => name.slice(0, 64)) });
    case "signature.key_not_found":
      return finding(reason, { alg, kid, known: [], keys: 0 });
    case "signature.mismatch":
      return finding(reason, { alg, kid, key: null });
    case "signature.algorithm_not_allowed":
      return finding(reason, { alg, allowed: [], usual: null });
    case "signature.missing":
      return finding(reason, { alg });
    case "expiration.expired":
      return finding(reason, { exp: time("exp"), ...moment, bySeconds: now - time("exp") });
    case "expiration.not_yet_valid":
      return finding(reason, { nbf: time("nbf"), ...moment, bySeconds: time("nbf") - now });
    case "expiration.issued_in_future":
      return finding(reason, { iat: time("iat"), ...moment, bySeconds: time("iat") - now });
    case "expiration.missing":
      return finding(reason, { claim: "exp" });
    case "issuer.missing":
      return claims["iss"] === undefined ? finding(reason, { expected }) : null;
    case "issuer.mismatch":
      return finding(reason, { expected, found: String(claims["iss"] ?? quotedIn(words) ?? "") });
    case "audience.missing":
      return claims["aud"] === undefined ? finding(reason, { expected }) : null;
    case "audience.mismatch":
      return finding(reason, { expected, found: [claims["aud"] ?? quotedIn(words) ?? []].flat().map(String) });
    case "scope.insufficient":
      return scopeFinding(challenge.get("scope"), claims);
    case "scope.authentication":
      return authenticationFinding(challenge, claims);
    case "binding.nonce":
      return finding(reason, { found: hasNonce(inquiry) });
    case "revocation.token":
    case "revocation.grant":
    case "revocation.subject":
    case "revocation.client":
      return finding(reason, { at: null, event: "the server's answer", by: null });
    default:
      return null;
  }
}

/** Scopes that the challenge names (RFC 6750 section 3); without it the server has only said that the token's do not do. */
function scopeFinding(demanded: string | undefined, claims: Said["claims"]): Finding | null {
  const needed = demanded?.split(" ").filter(Boolean) ?? [];
  const scope = claims["scope"] ?? claims["scp"];
  if (scope === undefined || scope === "") return finding("scope.missing", { needed });
  const found = Array.isArray(scope) ? scope.map(String) : String(scope).split(" ").filter(Boolean);
  const lacking = needed.filter((one) => !found.includes(one));
  return needed.length > 0 && lacking.length === 0 && typeof scope === "string" ? null : finding("scope.insufficient", { needed, found, lacking, shape: Array.isArray(scope) ? "array" : typeof scope });
}

/** RFC 9470 section 3: the server names the strength, or the age, of the sign-in that it wants. */
function authenticationFinding(challenge: Statement["challenge"], { acr, auth_time: time }: Said["claims"]): Finding {
  const values = challenge.get("acr_values");
  const age = challenge.get("max_age");
  if (values === undefined && age !== undefined) return finding("scope.authentication", { needed: `auth_time within ${age} s`, found: typeof time === "number" ? `auth_time ${time}` : null });
  return finding("scope.authentication", { needed: values ?? "a stronger sign-in", found: typeof acr === "string" ? acr : null });
}

/** The proof's payload is enough to see whether it carries a nonce. */
function hasNonce({ request }: Inquiry): boolean {
  const [proof = ""] = headerValues(request ?? {}, "dpop");
  const payload = proof.split(".", 2)[1] ?? "";
  try {
    return "nonce" in (JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as object);
  } catch {
    return false;
  }
}

/** What a message says that it wanted: "expected: X", "Expected 'X', but was", "should be X". */
function expectedIn(words: string): readonly string[] {
  const named = /\bexpected:? (?:audience |issuer )?["'[]?([^\s"',\]]{1,300})/i.exec(words)?.[1];
  return named === undefined ? [] : [named];
}

/** What a message says that it found: between single quotes. */
const quotedIn = (words: string): string | null => /(?:issuer|audience) '([^'\n]{1,300})' is invalid/i.exec(words)?.[1] ?? null;

/** A time in ISO 8601 in the message, in seconds since the epoch. */
function momentIn(words: string): number | null {
  const time = Date.parse(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/.exec(words)?.[0] ?? "");
  return Number.isNaN(time) ? null : time / 1000;
}
