/** Every reason and cause is said, in the same manner, and no stranger's text gets through as it is. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  CAUSE_CODES,
  CAUSE_DEFINITIONS,
  ENGLISH,
  REASON_DEFINITIONS,
  safeJson,
  sayFinding,
  untrusted,
  verdictSentence,
  wordsOf,
  type CauseCode,
  type Confidence,
  type Language,
} from "@assay/diagnosis";
import { GERMAN } from "@assay/diagnosis/german";
import type { Finding, Reason } from "@assay/token";
import fc from "fast-check";
import { EVIDENCE, FACTS } from "./samples.ts";

const CONFIDENCES: readonly Confidence[] = ["certain", "likely", "possible"];
const REASONS = Object.keys(EVIDENCE) as Reason[];
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** How a clause of the language may begin, and its verdict. */
interface Manner {
  readonly language: Language;
  readonly name: string;
  readonly clause: RegExp;
  readonly refused: RegExp;
}

const MANNERS: readonly Manner[] = [
  {
    language: ENGLISH,
    name: "English",
    clause: /^(\p{Ll}|\d|“|crit|[A-Z]{2})/u,
    refused: /^Refused: /,
  },
  {
    // A noun has its capital wherever it stands.
    language: GERMAN,
    name: "German",
    clause: /^(\p{L}|\d|„)/u,
    refused: /^Abgelehnt: /,
  },
];

const words = (
  cause: CauseCode,
  confidence: Confidence,
  text: string,
  language: Language = ENGLISH,
): ReturnType<typeof wordsOf> =>
  wordsOf(cause, FACTS[cause](text) as never, confidence, language);
const say = (
  reason: Reason,
  text: string,
  language: Language = ENGLISH,
): string =>
  sayFinding({ reason, evidence: EVIDENCE[reason](text) } as Finding, language);

function isPlain(sentence: string): void {
  assert.doesNotMatch(sentence, /!|undefined|\bnull\b|NaN|\[object|\$\{| {2}/);
}

/** A clause: no capital at the start, unless a name or a quotation opens it; no full stop. */
function isClause(clause: string, { clause: start }: Manner): void {
  isPlain(clause);
  assert.match(clause, start, clause);
  assert.doesNotMatch(clause, /\.$/, clause);
}

function isSentence(sentence: string): void {
  isPlain(sentence);
  assert.match(sentence, /^(\p{Lu}|“|„)/u, sentence);
  assert.match(sentence, /\.$/, sentence);
}

for (const manner of MANNERS) {
  const { language, name, refused } = manner;

  describe(`the words of causes in ${name}`, () => {
    for (const cause of CAUSE_CODES) {
      it(cause, () => {
        for (const confidence of CONFIDENCES) {
          const { title, evidence, fix } = words(
            cause,
            confidence,
            "some text",
            language,
          );
          isSentence(title);
          isSentence(fix);
          assert.ok(evidence.length > 0, "there is evidence");
          for (const clause of evidence) isClause(clause, manner);
          assert.ok(
            fix.split(/(?<=\.) /).length <= 3 && fix.length <= 260,
            `the fix is short: ${fix}`,
          );
        }
      });
    }
  });

  describe(`the sentences of findings in ${name}`, () => {
    for (const reason of REASONS)
      it(reason, () => isClause(say(reason, "some text", language), manner));
  });

  describe(`definitions in ${name}`, () => {
    const { causeDefinitions, reasonDefinitions } = language;
    const all = [
      ...Object.values(causeDefinitions),
      ...Object.values(reasonDefinitions),
    ];
    it("are one sentence for every cause and every reason", () => {
      assert.deepEqual(Object.keys(causeDefinitions), CAUSE_CODES);
      assert.deepEqual(
        Object.keys(reasonDefinitions).toSorted(),
        REASONS.toSorted(),
      );
      for (const sentence of all) {
        isSentence(sentence);
        assert.equal(sentence.split(/\. [A-Z]/).length, 1, sentence);
      }
    });
    it("differ from each other", () =>
      assert.equal(new Set(all).size, all.length));
  });

  describe(`the verdict in ${name}`, () => {
    it("names the thing for every reason", () => {
      for (const reason of REASONS) {
        const sentence = verdictSentence(
          { outcome: "rejected", reason, steps: [] },
          language,
        );
        isSentence(sentence);
        assert.match(sentence, refused);
      }
    });
  });
}

describe("the words of causes", () => {
  it("say a certain cause as shown: the computation is named", () => {
    assert.deepEqual(
      wordsOf(
        "key.secret_encoding",
        { configured: "utf8", decodedFrom: "base64" },
        "certain",
      ),
      {
        title: "Issuer and verifier read the shared secret in different ways.",
        evidence: [
          "the signature verifies when the secret is decoded from base64 first",
        ],
        fix: "Decode the secret from base64 before you hand it to the verifier.",
      },
    );
  });
});

describe("the sentences of findings", () => {
  it("say times as people do", () => {
    const now = Date.parse("2026-11-22T13:00:11Z") / 1000;
    const evidence = {
      exp: now - 11_520,
      now,
      toleranceSeconds: 0,
      bySeconds: 11_520,
    };
    assert.equal(
      sayFinding({ reason: "expiration.expired", evidence }),
      "expired 3 hours 12 minutes ago (09:48:11 UTC)",
    );
  });
});

describe("the sentences of findings, by their facts", () => {
  const said = (found: Finding): readonly string[] =>
    [ENGLISH, GERMAN].map((language) => sayFinding(found, language));
  it("name the tolerance of an age", () => {
    const evidence = {
      iat: 1_790_000_000,
      now: 1_790_007_200,
      maxAgeSeconds: 3600,
      toleranceSeconds: 60,
    };
    const [english, german] = said({ reason: "expiration.too_old", evidence });
    assert.match(english ?? "", /, tolerance 1 minute$/);
    assert.match(german ?? "", /, Toleranz 1 Minute$/);
  });
  it("call no client disabled for a not-before alone", () => {
    const evidence = {
      at: null,
      event: "subject.tokens_revoked_before",
      by: null,
    };
    for (const sentence of said({ reason: "revocation.client", evidence }))
      assert.doesNotMatch(sentence, /disabled|gesperrt|user|Benutzer/);
  });
});

describe("definitions", () => {
  it("are published in the language of the contract", () => {
    assert.equal(ENGLISH.causeDefinitions, CAUSE_DEFINITIONS);
    assert.equal(ENGLISH.reasonDefinitions, REASON_DEFINITIONS);
  });
});

describe("the verdict", () => {
  it("says what was judged when it accepts", () => {
    const steps = [
      { step: "format", outcome: "passed" },
      { step: "signature", outcome: "passed" },
      { step: "scope", outcome: "skipped", because: "no" },
    ] as const;
    assert.equal(
      verdictSentence({ outcome: "accepted", reason: null, steps }),
      "Accepted: format and signature are right.",
    );
  });
  it("does not call keys unreachable that nobody named", () => {
    const finding = {
      reason: "signature.keys_unavailable",
      evidence: { source: null, problem: "not known" },
    } as const;
    const sentence = verdictSentence({
      outcome: "undecided",
      reason: finding.reason,
      steps: [{ step: "signature", outcome: "undecided", findings: [finding] }],
    });
    assert.equal(
      sentence,
      "Cannot tell: the issuer's keys are not known here.",
    );
  });
});

const SECRET =
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom(
      "\u001b[31m",
      "\u202e",
      "\u2066",
      "\n",
      "\r",
      "\u009b",
      "\u0000",
      "\u{E0041}",
      "\u2028",
      "a",
      ".",
    ),
    maxLength: 80,
  }),
);

describe("text of strangers", () => {
  it("is escaped wherever it stands in the words of a cause", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CAUSE_CODES),
        fc.constantFrom(...CONFIDENCES),
        fc.constantFrom(ENGLISH, GERMAN),
        hostile,
        (cause, confidence, language, text) => {
          const { title, evidence, fix } = words(
            cause,
            confidence,
            text,
            language,
          );
          for (const sentence of [title, ...evidence, fix]) {
            assert.doesNotMatch(sentence, UNSAFE);
            assert.ok(sentence.length < 1000);
          }
        },
      ),
      { numRuns: 4000 },
    );
  });

  it("is escaped wherever it stands in a finding", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REASONS),
        fc.constantFrom(ENGLISH, GERMAN),
        hostile,
        (reason, language, text) => {
          const sentence = say(reason, text, language);
          assert.doesNotMatch(sentence, UNSAFE);
          assert.ok(sentence.length < 1000);
        },
      ),
      { numRuns: 4000 },
    );
  });

  it("is a name that every object has, and no word of ours for all that", () => {
    for (const { language } of MANNERS)
      for (const cause of CAUSE_CODES)
        for (const text of ["constructor", "__proto__", "toString"]) {
          const { title, evidence, fix } = words(
            cause,
            "likely",
            text,
            language,
          );
          for (const sentence of [title, ...evidence, fix])
            assert.equal(typeof sentence, "string", cause);
        }
  });

  it("never holds a whole token", () => {
    const start = SECRET.slice(0, 40);
    for (const { language } of MANNERS) {
      for (const text of [
        SECRET,
        `Bearer ${SECRET}`,
        `https://api.example/?access_token=${SECRET}`,
        `the header ${SECRET}`,
      ]) {
        for (const cause of CAUSE_CODES)
          assert.ok(
            !JSON.stringify(words(cause, "certain", text, language)).includes(
              start,
            ),
            cause,
          );
        for (const reason of REASONS)
          assert.ok(!say(reason, text, language).includes(start), reason);
      }
    }
  });

  it("is cut at 120 characters, and a private key is not shown at all", () => {
    assert.equal(untrusted("x".repeat(121)), `${"x".repeat(120)}…`);
    assert.equal(untrusted("x".repeat(120)), "x".repeat(120));
    assert.equal(
      untrusted("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"),
      "[PEM]",
    );
    assert.equal(
      untrusted("com.example.identity.provider"),
      "com.example.identity.provider",
    );
  });

  it("keeps its value as JSON that a terminal can take", () => {
    fc.assert(
      fc.property(fc.jsonValue(), hostile, (value, text) => {
        const json = safeJson({ value, text });
        assert.doesNotMatch(json, UNSAFE);
        assert.deepEqual(
          JSON.parse(json),
          JSON.parse(JSON.stringify({ value, text })),
        );
      }),
    );
  });
});
