/** What a server's words alone lead to: the table row by row, hostile text, and the messages of the handbook. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  ACTORS,
  diagnose,
  readInquiry,
  report,
  type Diagnosis,
  type Language,
} from "@assay/diagnosis";
import { GERMAN } from "@assay/diagnosis/german";
import { growsLinearly } from "../../../test/grows-linearly.ts";
import { knowsPhrase } from "../src/words/german/phrases.ts";
import {
  BY_REASON,
  WOULD_DECIDE_ALL,
  wouldDecide,
} from "../src/messages/by-reason.ts";
import { MESSAGES } from "../src/testimony-messages.ts";
import { readStatement } from "../src/testimony-answer.ts";

const NOW = "2026-05-12T10:00:00Z";
const alone = (body: string): Promise<Diagnosis> =>
  diagnose(readInquiry({ response: { status: 401, body }, now: NOW }));
const hear = (
  body: string,
): { readonly reasons: readonly string[]; readonly open: boolean } => {
  const statement = readStatement({ status: 401, body }, { alone: true });
  return {
    reasons:
      statement?.message?.reasons ?? (statement ? [statement.reason] : []),
    open: statement?.message?.open ?? false,
  };
};

describe("the table of messages", () => {
  it("says of each row whose words they are, and where they come from", () => {
    for (const { product, source, pattern } of MESSAGES) {
      assert.ok(product.length > 1, `${pattern} names a product`);
      assert.ok(source.length > 3, `${pattern} names its source`);
    }
  });
  it("has no two rows with one pattern", () => {
    const patterns = MESSAGES.map(({ pattern }) => pattern.source);
    assert.equal(new Set(patterns).size, patterns.length);
  });
  it("keeps no state between two looks", () => {
    assert.deepEqual(
      MESSAGES.filter(({ pattern }) => /[gy]/.test(pattern.flags)),
      [],
    );
  });
  it("has words and an actor for each cause, and German for each product and need", () => {
    const named = [
      ...Object.values(BY_REASON).flat(),
      ...MESSAGES.flatMap(({ likely = [], possible = [] }) => [
        ...likely,
        ...possible,
      ]),
    ].map((heard) => (typeof heard === "string" ? heard : heard.cause));
    for (const cause of named) assert.ok(cause in ACTORS, cause);
    for (const reason of Object.keys(BY_REASON) as (keyof typeof BY_REASON)[])
      for (const need of wouldDecide(reason))
        assert.ok(knowsPhrase(need), need);
    for (const need of WOULD_DECIDE_ALL) assert.ok(knowsPhrase(need), need);
    for (const { product } of MESSAGES)
      assert.ok(
        knowsPhrase(`a message of ${product}, which this can bring about`),
      );
  });
});

describe("an answer alone", () => {
  it("leads from “Jwt verification fails” to candidates and to what would decide", async () => {
    const { outcome, reason, causes, needs } = await alone(
      "Jwt verification fails",
    );
    assert.deepEqual([outcome, reason], ["rejected", "signature.mismatch"]);
    const found = causes.map(({ cause }) => cause);
    for (const cause of ["key.rotated", "key.other_issuer", "token.altered"])
      assert.ok(
        found.some((one) => one === cause),
        cause,
      );
    assert.deepEqual(
      causes.filter(({ confidence }) => confidence === "certain"),
      [],
    );
    assert.deepEqual(causes[0]?.evidence, [
      "a message of Envoy, Istio, which this can bring about",
    ]);
    assert.equal(needs.length, 3);
  });
  it("decides nothing where the words leave all open, and still names candidates", async () => {
    for (const words of [
      "Invalid token",
      "Could not validate credentials",
      "Unable to authenticate the request: invalid bearer token",
    ]) {
      const { outcome, causes, needs, token } = await alone(words);
      assert.equal(outcome, "undecided", words);
      assert.ok(causes.length > 2 && needs.length > 2, words);
      assert.ok(causes.every(({ confidence }) => confidence === "possible"));
      assert.equal(token.trusted, false);
    }
  });
  it("takes keys that could not be fetched for an outage", async () => {
    const { outcome, reason, causes } = await alone(
      "Jwks remote fetch is failed",
    );
    assert.deepEqual(
      [outcome, reason, causes[0]?.cause],
      ["undecided", "signature.keys_unavailable", "key.set_unreachable"],
    );
  });
  it("compares two values that the words tell, and is not certain of it", async () => {
    const { causes } = await alone(
      'Issuer (iss) claim mismatch in the ID token; expected "https://id.example/", found "https://id.example"',
    );
    assert.deepEqual(
      [causes[0]?.cause, causes[0]?.confidence],
      ["issuer.trailing_slash", "likely"],
    );
  });
  it("repeats nothing of a token that the words quote", async () => {
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1LTEifQ.c2lnbmF0dXJl";
    const told = JSON.stringify(await alone(`jwt malformed: ${token}`));
    assert.ok(!told.includes(token));
  });
  it("is said in German too", async () => {
    for (const body of [
      "Jwt verification fails",
      "IDX14100: JWT is not well formed",
      "The token was not issued by the given issuers",
      "Token use not allowed: id. Expected: access",
      "key is of invalid type",
    ])
      for (const line of spoken(await alone(body), GERMAN))
        assert.doesNotMatch(
          line.replace(/„[^“]*“/g, ""),
          /(?<![\w.-])(the|of|with|which|would|server's)(?![\w.-])/i,
        );
  });
});

function spoken(diagnosis: Diagnosis, language: Language): readonly string[] {
  const { causes, needs } = report(diagnosis, Date.parse(NOW) / 1000, language);
  return [
    ...causes.flatMap(({ title, evidence }) => [title, ...evidence]),
    ...needs,
  ];
}

describe("a message beside a token", () => {
  it("is not heard where the words leave all open", () => {
    assert.equal(
      readStatement({ status: 401, body: "Invalid token" }, { alone: false }),
      null,
    );
  });
});

describe("hostile answers", () => {
  const parts = [
    " ",
    "expected ",
    'claim "',
    "typ ",
    'jwk for kid "',
    "idx10205 ",
    "invalid bearer token ",
    "aud array ",
    "no key found in ",
    "header[",
    "'",
    "\n",
  ];
  for (const part of parts)
    it(`costs no more with ${JSON.stringify(part)} over and over`, async () => {
      await growsLinearly(
        async (length) => alone(part.repeat(length / part.length)),
        65_536,
      );
    });
});

/** Messages that the pages of docs/reasons quote, beside the reason whose page it is, or that the words state first. */
const HANDBOOK: readonly (readonly [page: string, words: string])[] = [
  ["audience.claim_mismatch", "jwt subject invalid. expected:"],
  ["audience.claim_mismatch", "jwt nonce invalid. expected:"],
  ["audience.claim_mismatch", 'unexpected "sub" claim value'],
  ["audience.claim_missing", "missing user key in JWT token"],
  ["audience.claim_missing", 'missing required "tenant" claim'],
  ["audience.claim_missing", "The tenant claim is required."],
  ["audience.mismatch", "IDX10214: Audience validation failed"],
  ["audience.missing", 'oidc: expected audience "…" got []'],
  ["binding.key_mismatch", "Invalid DPoP key binding"],
  ["binding.nonce", "Resource server requires nonce in DPoP proof"],
  ["binding.proof_invalid", "DPoP proof is not active"],
  ["binding.proof_missing", "DPoP proof is missing"],
  ["binding.replayed", "DPoP proof has already been used"],
  ["binding.request_mismatch", "DPoP HTTP URL mismatch"],
  ["expiration.expired", "Jwt is expired"],
  ["expiration.issued_in_future", "token used before issued"],
  ["expiration.lifetime_too_long", "exceeds maximum allowed expiration"],
  ["expiration.missing", "iat required when maxAge is specified"],
  ["expiration.not_yet_valid", "Jwt not yet valid"],
  ["expiration.too_old", "maxAge exceeded"],
  ["format.claim_type", "Subject must be a string"],
  ["format.critical", "critical header b64 not understood"],
  ["format.encoding", "Jwt header is an invalid Base64url encoded"],
  ["format.encrypted", "IDX10609: Decryption failed. No Keys tried"],
  ["format.header", "Jwt header is an invalid JSON"],
  ["format.not_jwt", "jwt malformed"],
  ["format.payload", "JWT Claims Set must be a top-level JSON object"],
  ["format.segments", "token contains an invalid number of segments"],
  ["format.too_large", "Request header is too large"],
  ["format.type", "Token use not allowed: id. Expected: access"],
  ["issuer.mismatch", "Jwt issuer is not configured"],
  ["issuer.missing", "No mandatory 'iss' in claims"],
  ["request.header_malformed", "Bearer token is malformed"],
  ["request.token_missing", "Jwt is missing"],
  ["request.token_repeated", "Multiple tokens provided"],
  ["revocation.grant", "Session not active"],
  ["revocation.token", "The token has been blacklisted"],
  ["scope.missing", "IDW10201: Neither scope or roles claim was found"],
  ["signature.algorithm_none", "Unsecured (plain) JWTs are rejected"],
  ["signature.algorithm_not_allowed", "signing method RS256 is invalid"],
  ["signature.algorithm_unsupported", "signing method (alg) is unavailable"],
  ["signature.key_ambiguous", "multiple matching keys found"],
  ["signature.key_not_found", "no matching key(s) found"],
  ["signature.key_unsuitable", "key is of invalid type"],
  ["signature.keys_unavailable", "Jwks remote fetch is failed"],
  ["signature.mismatch", "IDX10511: Signature validation failed"],
  ["signature.missing", "jwt signature is required"],
];

describe("messages of the handbook", () => {
  for (const [page, words] of HANDBOOK)
    it(`${words}: ${page}`, async () => {
      const text = readFileSync(
        new URL(`../../../docs/reasons/${page}.md`, import.meta.url),
        "utf8",
      ).replace(/\s+/g, " ");
      assert.ok(text.includes(words), "the page quotes it");
      const { reasons, open } = hear(words);
      assert.ok(!open && reasons.includes(page), reasons.join(" "));
      const { reason, causes, needs } = await alone(words);
      assert.equal(
        reason,
        reasons[0] === "scope.insufficient" ? "scope.missing" : reasons[0],
      );
      assert.ok(causes.length > 0 && needs.length > 0);
      assert.ok(causes.every(({ confidence }) => confidence !== "certain"));
    });
});
