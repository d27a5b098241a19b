/** The words follow the facts: of one cause there are several cases, each with its own advice. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  diagnose,
  ENGLISH,
  readInquiry,
  wordsOf,
  type CauseCode,
  type Confidence,
  type Facts,
} from "@assay/diagnosis";
import { GERMAN } from "@assay/diagnosis/german";
import { vectorFiles, vectorsOf } from "./vectors.ts";

interface Wording {
  readonly case: string;
  readonly cause: CauseCode;
  readonly facts: object;
  readonly confidence: Confidence;
  readonly english: RegExp;
  readonly german: RegExp;
  /** What must not be said. */
  readonly not?: RegExp;
}

const wording = <C extends CauseCode>(
  it: string,
  cause: C,
  facts: Facts[C],
  says: Pick<Wording, "english" | "german" | "not"> & {
    confidence?: Confidence;
  },
): Wording => ({ case: it, cause, facts, confidence: "likely", ...says });

const WORDINGS: readonly Wording[] = [
  wording(
    "a missing certificate is no missing DPoP proof",
    "binding.scheme_downgraded",
    { found: null, proofSent: false, binding: "mtls", bound: true },
    {
      english: /no certificate.*RFC 8705 section 3/s,
      german: /kein Zertifikat.*RFC 8705 Abschnitt 3/s,
      not: /DPoP/,
    },
  ),
  wording(
    "a token that nobody bound must be obtained anew",
    "binding.scheme_downgraded",
    { found: "DPoP", proofSent: false, binding: "dpop", bound: false },
    {
      english: /bound to none.*token endpoint/s,
      german: /an keinen gebunden.*Token-Endpunkt/s,
      not: /the token is bound to a key|das Token ist an einen Schlüssel/,
    },
  ),
  wording(
    "a bound token needs its proof only",
    "binding.scheme_downgraded",
    { found: "DPoP", proofSent: false, binding: "dpop", bound: true },
    {
      english: /sent without its proof/,
      german: /ohne seinen Proof/,
      not: /bearer|token endpoint|Bearer|Token-Endpunkt/,
    },
  ),
  wording(
    "a proof that fails under its own key was compared with no thumbprint",
    "binding.other_key",
    { binding: "dpop", by: "signature" },
    {
      english: /under its own jwk/,
      german: /seinem eigenen jwk/,
      not: /thumbprint/i,
    },
  ),
  wording(
    "a bond is no matter of a mapper",
    "claim.absent",
    { claim: "cnf.jkt" },
    {
      english: /DPoP proof with the token request/,
      german: /mit der Token-Anfrage einen DPoP-Proof/,
      not: /mapper/i,
    },
  ),
  wording(
    "a proof from the future tells of the client's clock",
    "time.clock_behind",
    { bySeconds: 240, against: "the client's clock", what: "proof" },
    {
      english: /or the client's runs ahead/,
      german: /oder die des Clients geht vor/,
      not: /issuer|Aussteller/,
    },
  ),
];

const sentences = (
  { cause, facts, confidence }: Wording,
  language: typeof ENGLISH,
): string[] => {
  const { title, evidence, fix } = wordsOf(
    cause,
    facts as never,
    confidence,
    language,
  );
  assert.match(title, /^\p{Lu}.*\.$/u);
  assert.match(fix, /^\p{Lu}.*\.$/u);
  assert.ok(fix.split(/(?<=\.) /).length <= 3 && fix.length <= 260, fix);
  assert.ok(evidence.length > 0);
  for (const clause of evidence) assert.doesNotMatch(clause, /\.$/);
  return [title, ...evidence, fix];
};

describe("the words follow the facts", () => {
  for (const wanted of WORDINGS)
    it(`${wanted.cause}: ${wanted.case}`, () => {
      for (const [language, says] of [
        [ENGLISH, wanted.english],
        [GERMAN, wanted.german],
      ] as const) {
        const said = sentences(wanted, language).join("\n");
        assert.match(said, says);
        if (wanted.not) assert.doesNotMatch(said, wanted.not);
      }
    });
});

/** The causes of a vector, with their facts. */
async function causesOf(id: string) {
  const vector = vectorFiles
    .flatMap(vectorsOf)
    .find((candidate) => candidate.id === id);
  assert.ok(vector, id);
  return (await diagnose(readInquiry(vector.inquiry))).causes;
}

describe("the facts follow the inquiry", () => {
  it("a word of a proxy is no certificate whose thumbprint could differ", async () =>
    assert.deepEqual(
      (await causesOf("binding-019")).map(({ cause }) => cause),
      ["binding.scheme_downgraded", "binding.certificate_not_forwarded"],
    ));
  it("without a bond there is no other key", async () =>
    assert.deepEqual(
      (await causesOf("binding-032")).map(({ cause }) => cause),
      ["claim.absent"],
    ));
  it("only the policy demands the bond", async () =>
    assert.deepEqual((await causesOf("binding-005"))[0]?.facts, {
      found: "Bearer",
      proofSent: false,
      binding: "dpop",
      bound: false,
    }));
});
