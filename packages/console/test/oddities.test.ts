/** What an experienced reader would stop at: each of it once, and not what only resembles it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ENGLISH, report, type Diagnosis } from "@assay/diagnosis";
import { GERMAN } from "@assay/diagnosis/german";
import fc from "fast-check";
import { oddClaims, oddHeader } from "../src/inspector/answer/oddities.ts";
import {
  claimRemarks,
  headerRemarks,
} from "../src/inspector/answer/remarks.ts";
import { ENGLISH_TEXTS } from "../src/language/english.ts";
import { GERMAN_TEXTS } from "../src/language/german.ts";

const words = ENGLISH_TEXTS.odd;
const NOW = 1_790_000_000;
type Members = Readonly<Record<string, unknown>>;

const header = (members: Members): readonly string[] =>
  oddHeader(members, words).map(({ member, says }) => `${member}: ${says}`);
const claims = (members: Members): readonly string[] =>
  oddClaims(members, NOW, words, ENGLISH.duration).map(
    ({ member, says }) => `${member}: ${says}`,
  );

describe("odd in a header", () => {
  for (const [members, ...said] of [
    [{ alg: "none" }, `alg: ${words.notSigned}`],
    [{ alg: "NoNe", kid: "1" }, `alg: ${words.notSigned}`],
    [{ alg: "HS256" }, `alg: ${words.sharedSecret}`],
    [{ alg: "HS512", kid: "1" }, `alg: ${words.sharedSecret}`],
    [{ alg: "RS256" }, `alg: ${words.noKid}`],
    [{ alg: "PS384" }, `alg: ${words.noKid}`],
    [{ alg: "ES256" }, `alg: ${words.noKid}`],
    [{ alg: "EdDSA" }, `alg: ${words.noKid}`],
    [{ alg: "RS256", kid: "1", jwk: {} }, `jwk: ${words.bringsKey}`],
    [{ alg: "RS256", kid: "1", x5c: [] }, `x5c: ${words.bringsKey}`],
    [{ alg: "RS256", kid: "1", jku: "" }, `jku: ${words.leadsAway}`],
    [{ alg: "RS256", kid: "1", x5u: "" }, `x5u: ${words.leadsAway}`],
    [
      { jku: "", jwk: {} },
      `jwk: ${words.bringsKey}`,
      `jku: ${words.leadsAway}`,
    ],
  ] as const)
    it(JSON.stringify(members), () => assert.deepEqual(header(members), said));

  it("is nothing else", () => {
    for (const members of [
      {},
      { alg: "RS256", kid: "1" },
      { alg: "RS256", kid: "" },
      { alg: "nonesuch" },
      { alg: "HSM" },
      { alg: 1 },
      { typ: "none", kid: "HS256", x5t: "x", "x5t#S256": "x" },
    ])
      assert.deepEqual(header(members), [], JSON.stringify(members));
  });
});

describe("odd in claims", () => {
  const DAY = 86_400;
  const lives = (span: string): string => `exp: ${words.longLived(span)}`;
  for (const [members, ...said] of [
    [{ exp: NOW * 1000 }, `exp: ${words.milliseconds}`],
    [
      { iat: NOW * 1000, exp: NOW * 1000 + 1 },
      `exp: ${words.milliseconds}`,
      `iat: ${words.milliseconds}`,
    ],
    [{ nbf: "soon" }, `nbf: ${words.noNumber}`],
    [{ exp: null }, `exp: ${words.noNumber}`],
    [{ iat: NOW + 90 }, `iat: ${words.issuedAhead("1 minute 30 seconds")}`],
    [{ iat: NOW, exp: NOW }, `exp: ${words.endsBeforeBegin}`],
    [{ iat: NOW, exp: NOW - 1 }, `exp: ${words.endsBeforeBegin}`],
    [{ iat: NOW, exp: NOW + DAY + 1 }, lives("1 day")],
    [{ iat: NOW, exp: NOW + 2.5 * DAY }, lives("2 days 12 hours")],
    [{ iss: "http://a.example" }, `iss: ${words.plainHttp}`],
    [{ iss: "https://a.example/" }, `iss: ${words.slashAtEnd}`],
    [
      { iss: "http://a.example/" },
      `iss: ${words.plainHttp}`,
      `iss: ${words.slashAtEnd}`,
    ],
    [{ aud: ["a", "b"] }, `aud: ${words.severalAudiences}`],
    [{ email: "a@b.example" }, `email: ${words.personal}`],
    [{ birthdate: "2000-01-01" }, `birthdate: ${words.personal}`],
    [{ user_password: "x" }, `user_password: ${words.secretName}`],
    [{ apiKey: "x" }, `apiKey: ${words.secretName}`],
    [{ privateKey: "x" }, `privateKey: ${words.secretName}`],
    [
      { groups: Array.from({ length: 41 }, String) },
      `groups: ${words.many(41)}`,
    ],
  ] as const)
    it(JSON.stringify(members).slice(0, 60), () =>
      assert.deepEqual(claims(members).toSorted(), said.toSorted()),
    );

  it("is nothing else", () => {
    for (const members of [
      {},
      { iat: NOW + 1, nbf: NOW + 1000, exp: NOW + 1 + DAY },
      { exp: NOW + 400 * DAY },
      { exp: 1e11 },
      { iss: "https://a.example/b", sub: "http://a.example/" },
      { iss: ["http://a.example/"] },
      { aud: ["a"] },
      { aud: "a b" },
      { email_verified: true, name: "A", address_id: 1 },
      { groups: Array.from({ length: 40 }, String) },
      { key: "x", public_key: "x", keys: [] },
    ])
      assert.deepEqual(claims(members), [], JSON.stringify(members));
  });

  it("can be said of every token, also of times that no clock will ever show", () => {
    const time = fc.oneof(
      fc.double(),
      fc.constantFrom(-1e17, -Infinity, Infinity, 0, 1e11, 1e10, -1),
      fc.integer(),
      fc.jsonValue(),
    );
    const tokens = fc.record(
      { iat: time, nbf: time, exp: time, iss: time, aud: time },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(tokens, (members) => {
        for (const [{ odd }, { duration }] of [
          [ENGLISH_TEXTS, ENGLISH],
          [GERMAN_TEXTS, GERMAN],
        ] as const)
          for (const { says } of oddClaims(members, NOW, odd, duration))
            assert.match(says, /^\S.{3,160}$/);
      }),
      { numRuns: Number(process.env["ASSAY_FUZZ_RUNS"] ?? 500) },
    );
  });
});

describe("remarks", () => {
  const diagnosis: Diagnosis = {
    contract: 1,
    outcome: "rejected",
    reason: "expiration.expired",
    steps: [
      {
        step: "signature",
        outcome: "failed",
        findings: [
          { reason: "signature.algorithm_none", evidence: { alg: "none" } },
        ],
      },
      {
        step: "expiration",
        outcome: "failed",
        findings: [
          {
            reason: "expiration.expired",
            evidence: {
              exp: NOW - 60,
              now: NOW,
              toleranceSeconds: 0,
              bySeconds: 60,
            },
          },
        ],
      },
    ],
    causes: [],
    token: { header: null, claims: null, trusted: false },
    needs: [],
  };
  const told = report(diagnosis, NOW);
  const listed = (remarks: ReturnType<typeof headerRemarks>) =>
    [...remarks].map(([member, all]) => [
      member,
      ...all.map(({ refuses }) => refuses),
    ]);

  it("say a refusal at its member and nothing more of it, and what is odd at the others", () => {
    assert.deepEqual(
      listed(headerRemarks(told, { alg: "none", jwk: {} }, words)),
      [
        ["alg", true],
        ["jwk", false],
      ],
    );
    const members = {
      iat: NOW,
      exp: NOW - 60,
      iss: "http://a.example/",
    };
    assert.deepEqual(listed(claimRemarks(told, members, NOW, words, ENGLISH)), [
      ["exp", true],
      ["iss", false, false],
    ]);
  });
});
