/** A JWT of another issuer, judged by the rows that name this issuer, its audience and its keys. */
import {
  decodeUnverified,
  finding,
  KeySet,
  readJwk,
  type Finding,
  type Jwk,
  type TokenKind,
  type VerifiedToken,
} from "@assay/token";
import { judgePresented } from "../clients/presented-jwt.ts";
import { isPersonsSubject, PERSONS_SUBJECT } from "../tokens/subject-of.ts";
import type { ExchangeRule } from "../resources/resource.ts";

/** Largest modulus of a foreign issuer's key, in bits. */
const LARGEST_MODULUS = 4096;

/** iss as the token has it: good for choosing rows and their keys, nothing else (RFC 8725 section 3.10). null: it cannot be read. */
export function claimedIssuer(token: string): string | null {
  const iss = decodeUnverified(token).claims?.["iss"];
  return typeof iss === "string" ? iss : null;
}

export interface ForeignToken {
  readonly rule: ExchangeRule;
  readonly token: VerifiedToken;
}

/** Longest sub (OpenID Connect Core section 2). */
const LONGEST_SUBJECT = 255;

/**
 * Threat: a subject that is nobody's name, or no text to a log or a database; it would stand in our token and journal as it came. null: it
 * is a name.
 */
function judgeSubject({ claims }: VerifiedToken): Finding | null {
  const { sub = "" } = claims;
  if (sub === "") return finding("audience.claim_missing", { claim: "sub" });
  const wrong = (expected: string): Finding =>
    finding("format.claim_type", {
      claim: "sub",
      expected,
      found: "another text",
    });
  if (sub.length > LONGEST_SUBJECT || /[\p{Cc}\p{Cs}]/u.test(sub))
    return wrong(`at most ${LONGEST_SUBJECT} characters, and none of control`);
  return isPersonsSubject(sub) ? null : wrong(PERSONS_SUBJECT);
}

/** The first of the rows that the token satisfies; else what is wrong with it under the one that came nearest. */
export async function judgeForeign(
  rules: readonly ExchangeRule[],
  token: string,
  expected: {
    readonly kind: TokenKind;
    readonly requiredClaims: readonly string[];
    readonly now: number;
    readonly longestSeconds: number | null;
  },
): Promise<ForeignToken | Finding> {
  let refusal: Finding | null = null;
  for (const rule of rules) {
    const { kind, requiredClaims, now, longestSeconds } = expected;
    const judged = await judgePresented({
      token,
      now,
      longestSeconds,
      policy: {
        kind,
        issuer: rule.sourceIssuer,
        audience: rule.sourceAudience,
        keys: keysOf(rule),
        requiredClaims,
      },
    });
    if (!("reason" in judged))
      return judgeSubject(judged) ?? { rule, token: judged };
    if (refusal === null || refusal.reason.startsWith("signature."))
      refusal = judged;
  }
  return refusal ?? unknownIssuer(token);
}

/** No row names the issuer. */
function unknownIssuer(token: string): Finding {
  const decoded = decodeUnverified(token);
  if (decoded.claims === null)
    return decoded.findings[0] ?? finding("format.empty", { length: 0 });
  const found = claimedIssuer(token);
  return found === null
    ? finding("issuer.missing", { expected: [] })
    : finding("issuer.mismatch", { expected: [], found });
}

const keysOf = ({ sourceKeys }: ExchangeRule): KeySet =>
  new KeySet(
    (sourceKeys?.keys ?? []).map((jwk) =>
      readJwk(jwk as Jwk, { maxModulusBits: LARGEST_MODULUS }),
    ),
  );
