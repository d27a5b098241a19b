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
  name: string,
  cause: C,
  facts: Facts[C],
  says: Pick<Wording, "english" | "german" | "not"> & {
    confidence?: Confidence;
  },
): Wording => ({ case: name, cause, facts, confidence: "likely", ...says });

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
  wording(
    "another scheme is no matter of an algorithm",
    "verifier.unsupported",
    { what: "the scheme DPoP", part: "scheme" },
    {
      english: /take this scheme/,
      german: /dieses Schema annehmen/,
      not: /algorithm|Algorithm/,
    },
  ),
  ...(["form", "compression", "extension"] as const).map((part) =>
    wording(
      `the part that is not understood is named: ${part}`,
      "verifier.unsupported",
      { what: "something", part },
      {
        english: /does not understand/,
        german: /versteht nicht/,
        not: /ES256/,
      },
    ),
  ),
  wording(
    "of an application without roles none are told",
    "scope.application_only",
    { by: "the claim idtyp is app", roles: [], scopes: ["email"] },
    {
      english: /idtyp.*its scopes: “email”.*grant the application itself/s,
      german: /idtyp.*seine Scopes: „email“.*der Anwendung selbst/s,
      not: /its roles|seine Rollen|no delegated/,
    },
  ),
  wording(
    "the verifier holds the id of the client",
    "audience.client_id",
    {
      expected: "web",
      found: "https://api.example",
      clientIdIn: "verifier",
      idToken: false,
    },
    {
      english: /the verifier expects the id.*Configure the API's own/s,
      german: /der Verifier erwartet die ID.*Die Kennung der API/s,
      not: /Ask for a token|Token für die API anfordern/,
    },
  ),
  wording(
    "an ID token is for its client",
    "audience.client_id",
    {
      expected: "https://api.example",
      found: "web",
      clientIdIn: "token",
      idToken: true,
    },
    {
      english: /An ID token is for the client/,
      german: /Ein ID-Token ist für den Client/,
    },
  ),
  wording(
    "a withdrawn key does not come back",
    "revoked.by_administrator",
    { at: null, event: "key.withdrawn", by: null },
    {
      english: /signed with another key/,
      german: /anderen Schlüssel signiert/,
      not: /enable|Sperre/,
    },
  ),
  wording(
    "a revoked token does not come back",
    "revoked.by_administrator",
    { at: null, event: "token.revoked", by: "scanner" },
    { english: /leaked/, german: /bekannt wurde/, not: /enable|Sperre/ },
  ),
  wording(
    "a disabled client can come back",
    "revoked.by_administrator",
    { at: null, event: "client.disabled", by: null },
    { english: /enable it again/, german: /Sperre aufheben/ },
  ),
  wording(
    "an assertion is there to be exchanged",
    "kind.proof",
    { what: "a client assertion", by: "the claim aud", proof: "assertion" },
    { english: /token endpoint/, german: /Token-Endpunkt/ },
  ),
  wording(
    "a certain other resource is shown by a computation",
    "kind.other_resource",
    { resource: "Microsoft Graph" },
    {
      confidence: "certain",
      english: /verifies when the nonce .* SHA-256/,
      german: /Signatur stimmt, wenn die Nonce .* SHA-256/,
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
  it("active: false does not say that anybody revoked it", async () =>
    assert.deepEqual(
      (await causesOf("revocation-021")).map(({ confidence }) => confidence),
      ["possible", "possible"],
    ));
  it("without roles none are told of", async () =>
    assert.deepEqual((await causesOf("scope-035"))[0]?.facts, {
      by: "the grant was client credentials",
      roles: [],
      scopes: [],
    }));
  it("the id of a client stands with the verifier", async () =>
    assert.partialDeepStrictEqual((await causesOf("audience-007"))[0]?.facts, {
      clientIdIn: "verifier",
    }));
  it("only the policy demands the bond", async () =>
    assert.deepEqual((await causesOf("binding-005"))[0]?.facts, {
      found: "Bearer",
      proofSent: false,
      binding: "dpop",
      bound: false,
    }));
});
