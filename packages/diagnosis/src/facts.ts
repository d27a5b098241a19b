/** The typed facts of each cause: what a detector has seen, and what the sentences are made from. */
import type { AwsFacts } from "./aws/facts.ts";
import type { SecretEncoding } from "./inquiry.ts";
import type { OauthFacts } from "./oauth/facts.ts";

/** How the bytes of a shared secret stand in its text; the last two: the text for the bytes was taken as the secret. */
export type SecretReading =
  | SecretEncoding
  | "utf16le"
  | "utf16be"
  | "latin1"
  | "base64_text"
  | "hex_text";

/** Numbers of seconds since the epoch and differences in seconds unless a name says otherwise. */
export interface Facts extends OauthFacts, AwsFacts {
  "time.expired": {
    readonly exp: number | null;
    readonly bySeconds: number | null;
    readonly lifetimeSeconds: number | null;
  };
  "time.clock_ahead": {
    readonly bySeconds: number | null;
    readonly against: string;
  };
  /** what: whose time lies ahead. */
  "time.clock_behind": {
    readonly bySeconds: number | null;
    readonly against: string;
    readonly what: "token" | "proof";
  };
  "time.milliseconds": {
    readonly claims: readonly string[];
    readonly unit: "milliseconds" | "microseconds" | "nanoseconds";
  };
  /**
   * unit: the lifetime was set in one unit and read in another; length_as_end: exp holds the length of the life; since_1970: the times
   * count from 1970, but not in seconds, and meantSeconds is the end that is meant.
   */
  "time.lifetime_unit": {
    readonly how: "unit" | "length_as_end" | "since_1970";
    readonly lifetimeSeconds: number;
    readonly meantSeconds: number;
    readonly unit: string;
  };
  "time.zero_lifetime": { readonly iat: number; readonly exp: number };
  "time.zone_offset": {
    readonly claim: string;
    readonly offsetSeconds: number;
  };
  "time.not_numeric": { readonly claim: string; readonly form: string };
  "time.delayed_start": {
    readonly delaySeconds: number;
    readonly remainingSeconds: number;
  };
  "time.limit_edge": {
    readonly measure: "lifetime" | "age";
    readonly seconds: number;
    readonly limitSeconds: number;
  };
  "time.proof_reused": {
    readonly ageSeconds: number | null;
    readonly what: string;
  };

  "token.absent": {
    readonly how:
      | "header_missing"
      | "header_empty"
      | "scheme_only"
      | "header_without_colon"
      | "empty"
      | "answer_says_so"
      // Requests to AWS: nothing was signed, or there was nothing to sign with.
      | "not_signed"
      | "no_credentials";
  };
  "token.placeholder": { readonly literal: string; readonly kind: string };
  "token.scheme_repeated": {
    readonly where: "header" | "token";
    readonly scheme: string;
  };
  "token.scheme_missing": {
    readonly found: string | null;
    readonly expected: string;
  };
  "token.quoted": { readonly marks: string };
  "token.whitespace": {
    readonly where: "before" | "after" | "both";
    readonly characters: readonly string[];
  };
  "token.line_wrapped": { readonly breaks: number; readonly character: string };
  "token.truncated": {
    readonly segments: number;
    readonly length: number;
    readonly missing: string;
    readonly where: "start" | "inside" | "end";
  };
  "token.concatenated": {
    readonly what: string;
    readonly where: "before" | "after";
  };
  "token.percent_encoded": { readonly times: number };
  "token.base64_not_url": {
    readonly what: readonly ("alphabet" | "padding")[];
  };
  "token.double_encoded": { readonly by: string };
  "token.json_instead": { readonly member: string | null };
  "token.error_instead": { readonly error: string | null };
  "token.key_instead": { readonly name: string };
  "token.opaque": { readonly name: string };
  "token.encrypted": {
    readonly alg: string | null;
    readonly enc: string | null;
    readonly hadKeys: boolean;
  };
  "token.malformed": {
    readonly part: string;
    readonly problem: string;
    readonly member: string | null;
  };
  "token.oversized": {
    readonly length: number;
    readonly largest: string | null;
    readonly members: number;
    /** How deeply it is nested at least, where that is what is too much. */
    readonly depth: number | null;
  };
  /** signature: the signature is of the right key, and was made over another text. */
  "token.altered": {
    readonly changed: readonly string[];
    readonly by: "comparison" | "re_encoding" | "signature";
  };
  /** emulator: it looks as a test server makes its tokens, which anybody can do as well. */
  "token.forged": {
    readonly pattern: string;
    readonly emulator: "firebase" | null;
  };

  "kind.id_token": { readonly by: string };
  "kind.access_token": { readonly by: string };
  "kind.refresh_token": { readonly by: string };
  "kind.proof": {
    readonly what: string;
    readonly by: string;
    readonly proof:
      "assertion" | "custom_token" | "dpop_proof" | "logout_token" | "other";
  };
  "kind.other_resource": { readonly resource: string };

  "key.secret_encoding": {
    readonly configured: SecretEncoding;
    readonly decodedFrom: SecretReading;
  };
  "key.secret_whitespace": {
    readonly what: string;
    readonly side: "verifier" | "issuer";
  };
  "key.secret_interpolated": {
    readonly character: string;
    readonly form: string;
  };
  "key.pem_damaged": { readonly damage: string };
  "key.wrong_form": {
    readonly found: string;
    readonly expected: string;
    readonly isPrivate: boolean;
  };
  "key.wrong_type": { readonly alg: string; readonly found: string };
  "key.too_small": {
    readonly bits: number;
    readonly needed: number;
    readonly what: "secret" | "RSA key";
  };
  "key.rotated": {
    readonly kid: string | null;
    readonly copyFrom: string | null;
    readonly publishedAt: string | null;
  };
  "key.retired": {
    readonly kid: string | null;
    readonly issuedSecondsAgo: number | null;
  };
  "key.id_missing": {
    readonly candidates: number;
    readonly where: "token" | "set";
  };
  "key.id_form": {
    readonly tokenKid: string;
    readonly setKid: string;
    readonly relation: string;
  };
  "key.id_reused": { readonly kid: string | null; readonly otherAt: string };
  "key.use": { readonly use: string };
  "key.other_issuer": {
    readonly issuer: string | null;
    readonly sameServer: boolean;
  };
  "key.unknown": { readonly tried: number; readonly sampleSecret: boolean };
  "key.set_empty": { readonly keys: number; readonly usable: number };
  "key.set_wrong_document": {
    readonly url: string | null;
    readonly found: string;
  };
  "key.set_unreachable": {
    readonly url: string | null;
    readonly error: string;
  };
  "key.set_unsupported_member": {
    readonly kty: string;
    readonly alg: string | null;
    readonly hidden: string | null;
  };
  "key.algorithm_label": {
    readonly keyAlg: string | null;
    readonly tokenAlg: string;
  };

  "signature.der": {
    readonly bytes: number;
    readonly form: "der" | "unpadded" | "recoverable";
  };
  "signature.hex": { readonly text: "hex" | "base64" | "base64url" };
  "signature.padding_scheme": {
    readonly declared: string;
    readonly made: string;
  };
  "signature.hash": { readonly declared: string; readonly made: string };
  "signature.input": { readonly input: string };
  "algorithm.mismatch": {
    readonly token: string;
    readonly verifier: readonly string[];
  };
  "algorithm.name": {
    readonly found: string;
    readonly meant: string;
    readonly by: "token" | "verifier";
  };

  "issuer.trailing_slash": IssuerPair;
  /** missing: one of the two has no scheme at all. */
  "issuer.scheme": IssuerPair & { readonly missing: boolean };
  /** paths: one may end with the other, where a proxy adds a prefix. */
  "issuer.host_alias": IssuerPair & {
    readonly paths: "same" | "prefixed" | "other";
  };
  "issuer.case": IssuerPair;
  "issuer.tenant": IssuerPair & {
    readonly placeholder: boolean;
    readonly sameHost: boolean;
  };
  "issuer.version": IssuerPair;
  "issuer.environment": IssuerPair;
  "issuer.other": IssuerPair;

  "audience.absent": {
    readonly expected: readonly string[];
    readonly party: string | null;
  };
  /** clientIdIn: which of the two is the id of a client; null: neither is known as one. idToken: there it is right. */
  "audience.client_id": {
    readonly expected: string;
    readonly found: string;
    readonly clientIdIn: "token" | "verifier" | null;
    readonly idToken: boolean;
  };
  "audience.form": {
    readonly expected: string;
    readonly found: string;
    readonly difference: string;
  };
  "audience.default": { readonly found: string; readonly name: string };
  "audience.environment": { readonly expected: string; readonly found: string };
  "audience.other": {
    readonly expected: readonly string[];
    readonly found: readonly string[];
  };

  "claim.absent": { readonly claim: string };
  "claim.shape": {
    readonly claim: string;
    readonly expected: string;
    readonly found: string;
  };
  "claim.value": { readonly claim: string };
  "claim.nonce": { readonly present: boolean };

  "scope.claim_name": { readonly claim: string; readonly read: string };
  "scope.shape": { readonly shape: string };
  "scope.prefix": { readonly needed: string; readonly found: string };
  "scope.not_granted": { readonly lacking: readonly string[] };
  "scope.lost_on_refresh": { readonly lost: readonly string[] };
  /** scopes: those of an API or of sign-in that it has. */
  "scope.application_only": {
    readonly by: string;
    readonly roles: readonly string[];
    readonly scopes: readonly string[];
  };
  "scope.step_up": {
    readonly needed: string | null;
    readonly found: string | null;
  };

  /** bound: whether the token names a key or certificate in cnf; null when it cannot be read. */
  "binding.scheme_downgraded": {
    readonly found: string | null;
    readonly proofSent: boolean;
    readonly binding: "dpop" | "mtls";
    readonly bound: boolean | null;
  };
  "binding.proxy_rewrote_url": {
    readonly proof: string;
    readonly seen: string;
    readonly differs: readonly string[];
  };
  /** by: two thumbprints differ, or the proof's signature fails under the key in its own header. */
  "binding.other_key": {
    readonly binding: "dpop" | "mtls";
    readonly by: "thumbprint" | "signature";
  };
  "binding.certificate_not_forwarded": {
    readonly traces: readonly string[];
    readonly bound: boolean | null;
  };
  "binding.proof_stale": { readonly what: string };
  "binding.nonce_required": { readonly hadNonce: boolean };

  "revoked.by_user": RevokedFacts;
  "revoked.by_administrator": RevokedFacts;
  "revoked.refresh_reuse": RevokedFacts;
  "revoked.not_before": RevokedFacts;
  "status.unreachable": {
    readonly source: string | null;
    readonly error: string;
  };

  "verifier.too_strict": { readonly what: string };
  "verifier.unsupported": {
    readonly what: string;
    readonly part:
      | "algorithm"
      | "proof_algorithm"
      | "scheme"
      | "form"
      | "compression"
      | "extension";
  };
  "verifier.not_configured": { readonly setting: string };

  "transit.header_stripped": {
    readonly by: string | null;
    readonly header: "Authorization" | "DPoP";
  };
  "transit.redirect": {
    readonly from: string | null;
    readonly to: string | null;
    readonly leaked: boolean;
  };
  "transit.overwritten": { readonly scheme: string };
  "transit.wrong_place": { readonly place: string };
  "transit.preflight": { readonly origin: string | null };
  "transit.insecure": { readonly host: string };
  "transit.too_large": {
    readonly status: number | null;
    readonly bytes: number | null;
  };
}

interface IssuerPair {
  readonly expected: string;
  readonly found: string;
}

interface RevokedFacts {
  readonly at: string | null;
  readonly event: string;
  readonly by: string | null;
}
