/** The words follow the facts: of one cause there are several cases, each with its own advice. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  ENGLISH,
  wordsOf,
  type CauseCode,
  type Confidence,
  type Facts,
} from "@assay/diagnosis";
import { GERMAN } from "@assay/diagnosis/german";

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
    "two lists of one type differ in their order",
    "claim.shape",
    { claim: "groups", expected: "array", found: "array" },
    {
      english: /array on both sides, in another order or spelling/,
      german: /in anderer Reihenfolge oder Schreibweise/,
      not: /expected array, found array/,
    },
  ),
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
  ...[
    {
      cause: "signature.padding_scheme" as const,
      declared: "PS256",
      made: "PS256 with a salt of 222 bytes",
    },
    {
      cause: "signature.hash" as const,
      declared: "RS256",
      made: "RS1 (SHA-1)",
    },
  ].map(({ cause, declared, made }) =>
    wording(
      "what has no name is offered for no header",
      cause,
      { declared, made },
      {
        english: /has no name that the header/,
        german: /hat keinen Namen/,
        not: /into the header|in den Header schreiben/,
      },
    ),
  ),
  wording(
    "a name of JOSE is offered",
    "signature.hash",
    { declared: "RS256", made: "RS512" },
    {
      english: /write “RS512” into the header/,
      german: /„RS512“ in den Header schreiben/,
    },
  ),
  wording(
    "a missing scheme is neither http nor https",
    "issuer.scheme",
    { expected: "id.example", found: "https://id.example", missing: true },
    {
      english: /lacks the scheme/,
      german: /fehlt das Schema/,
      not: /http and https|http und https|[Pp]roxy/,
    },
  ),
  wording(
    "two hosts are not the same server",
    "issuer.tenant",
    {
      expected: "https://a.example",
      found: "https://b.example",
      placeholder: false,
      sameHost: false,
    },
    {
      english: /another tenant/,
      german: /anderen Mandanten/,
      not: /same server|derselbe Server/,
    },
  ),
  wording(
    "a path with a prefix is not the same path",
    "issuer.host_alias",
    {
      expected: "https://a.example/idp/r",
      found: "http://b/r",
      paths: "prefixed",
    },
    {
      english: /the end of the other/,
      german: /das Ende des anderen/,
      not: /path is the same|Pfad ist derselbe/,
    },
  ),
  wording(
    "a private key is to be replaced",
    "key.wrong_form",
    { found: "a private key", expected: "a JWK", isPrivate: true },
    { english: /replace it/, german: /ersetzen/ },
  ),
  wording(
    "of another form nothing is said of private keys",
    "key.wrong_form",
    { found: "a JWK", expected: "something", isPrivate: false },
    { english: /Convert/, german: /Form bringen/, not: /private|privat/ },
  ),
  wording(
    "a label that is missing is not wrong",
    "key.algorithm_label",
    { keyAlg: null, tokenAlg: "ES256" },
    {
      english: /carries no label/,
      german: /nicht gekennzeichnet/,
      not: /wrong label|falsch/,
    },
  ),
  wording(
    "the beginning is missing",
    "token.truncated",
    {
      segments: 3,
      length: 400,
      missing: "the first 4 characters",
      where: "start",
    },
    {
      english: /The beginning/,
      german: /Der Anfang/,
      not: /The end|Das Ende|limit/,
    },
  ),
  wording(
    "nobody can have the key of an issuer's own JWE",
    "token.encrypted",
    { alg: "dir", enc: "A256GCM", hadKeys: false },
    { english: /Name this API/, german: /Diese API nennen/ },
  ),
  wording(
    "a token of the emulator need be no attack",
    "token.forged",
    { pattern: "alg is none: nobody signed it", emulator: "firebase" },
    {
      english: /FIREBASE_AUTH_EMULATOR_HOST/,
      german: /FIREBASE_AUTH_EMULATOR_HOST/,
    },
  ),
  wording(
    "the length of the life is told as one",
    "time.lifetime_unit",
    {
      how: "length_as_end",
      lifetimeSeconds: 600,
      meantSeconds: 600,
      unit: "seconds from the time of issue",
    },
    {
      english: /exp is 600.*10 minutes/s,
      german: /exp ist 600.*10 Minuten/s,
      not: /years|Jahre /,
    },
  ),
  wording(
    "nesting is told by its depth",
    "token.oversized",
    { length: 1052, largest: null, members: 0, depth: 65 },
    {
      english: /nested 65 levels/,
      german: /65 Ebenen/,
      not: /1,052|1\.052/,
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
