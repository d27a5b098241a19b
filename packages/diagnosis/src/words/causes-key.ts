import { ALGORITHMS } from "@assay/token";
import type { SecretReading } from "../causes.ts";
import { tell, type Family } from "./cause-words.ts";
import { counted, duration, figure, isoMoment } from "./time.ts";
import type { KEY_SET } from "./causes-key-set.ts";
import { phrase, quoted } from "./untrusted.ts";

const ENCODINGS: Readonly<Record<SecretReading, string>> = {
  utf8: "text (UTF-8)",
  base64: "base64",
  base64url: "base64url",
  hex: "hex",
  utf16le: "UTF-16 text",
  utf16be: "UTF-16 text (big-endian)",
  latin1: "Latin-1 text",
  base64_text: "base64 text",
  hex_text: "hex text",
};
const CHARSETS: readonly SecretReading[] = ["utf16le", "utf16be", "latin1"];
const TEXTS: readonly SecretReading[] = ["base64_text", "hex_text"];

/** Words for the causes of the family key: its form, its name, and whose it is. */
export const KEY: Omit<Family<"key">, keyof typeof KEY_SET> = {
  "key.secret_encoding": ({ configured, decodedFrom }, confidence) => {
    const raw = decodedFrom === "utf8";
    const other = ENCODINGS[decodedFrom];
    return tell(
      "Issuer and verifier read the shared secret in different ways.",
      [
        confidence !== "certain" &&
          `the secret could be meant as ${other}, and the verifier takes it as ${ENCODINGS[configured]}`,
        confidence === "certain" &&
          `the signature verifies when ${readAs(decodedFrom)}`,
      ],
      raw
        ? `Hand the secret to the verifier as text, without decoding it from ${ENCODINGS[configured]}.`
        : TEXTS.includes(decodedFrom)
          ? `Give both sides the same: the bytes, or their ${other} as the secret itself.`
          : CHARSETS.includes(decodedFrom)
            ? "Turn the secret into bytes on both sides with UTF-8, not with the platform's own character set."
            : `Decode the secret from ${other} before you hand it to the verifier.`,
    );
  },
  "key.secret_whitespace": ({ what, side }, confidence) =>
    tell(
      "The configured secret or key has characters that do not belong to it.",
      [
        confidence !== "certain"
          ? `the configured value has this: ${phrase(what)}`
          : side === "verifier"
            ? `the signature verifies when this is left out: ${phrase(what)}`
            : `the signature verifies when the issuer's secret has this too: ${phrase(what)}`,
      ],
      "Trim the value where it is read. Write files without a line end (printf, not echo), and no quotation marks into env files.",
    ),
  "key.secret_interpolated": ({ character, form }, confidence) =>
    tell(
      "A special character of the secret was interpreted on its way into the configuration.",
      [
        confidence === "certain"
          ? `the signature verifies when ${quoted(character)} is read so: ${phrase(form)}`
          : `the secret has lost or changed ${quoted(character)}: ${phrase(form)}`,
      ],
      "Put the secret into single quotation marks, or double the dollar sign where the file format asks for it. Best read it from a file.",
    ),
  "key.pem_damaged": ({ damage }) =>
    tell(
      "The configured PEM is damaged.",
      [`what is wrong with it: ${phrase(damage)}`],
      "Store the PEM with its line ends and its whole BEGIN and END lines. In a variable, turn each \\n back into a line end.",
    ),
  "key.wrong_form": ({ found, expected, isPrivate }) =>
    tell(
      "The key is configured in another form than the verifier takes.",
      [`expected ${phrase(expected)}, found ${phrase(found)}`],
      isPrivate
        ? `Configure its public half alone: ${phrase(expected)}. A private key does not belong with a verifier: where others could read it, replace it.`
        : `Convert the key once and configure the result: ${phrase(expected)}.`,
    ),
  "key.wrong_type": ({ alg, found }) =>
    tell(
      "The key is of another type than the algorithm needs.",
      [`${phrase(alg)} needs ${needed(alg)}; the key is ${phrase(found)}`],
      "Configure the key that belongs to this algorithm, or have the issuer sign with the algorithm of this key.",
    ),
  "key.too_small": ({ bits, needed: least, what }) =>
    tell(
      `The ${what} is too small.`,
      [`found ${figure(bits)} bits, needed ${figure(least)}`],
      what === "secret"
        ? `Make a new random secret of at least ${figure(Math.ceil(least / 8))} bytes, and configure it on both sides.`
        : `Make a new RSA key of at least ${figure(least)} bits, and publish its public part.`,
    ),
  "key.rotated": ({ kid, copyFrom, publishedAt }, confidence) =>
    tell(
      "The verifier's copy of the issuer's keys is old.",
      [
        confidence === "certain"
          ? `the signature verifies with ${named(kid)} of the issuer's present set`
          : `the verifier's copy lacks ${named(kid)}`,
        publishedAt !== null &&
          `it is in the issuer's set since ${isoMoment(publishedAt) ?? phrase(publishedAt)}`,
        copyFrom !== null &&
          `the verifier's copy is of ${isoMoment(copyFrom) ?? phrase(copyFrom)}`,
      ],
      "Fetch the issuer's keys again when a kid is unknown, at most once in a while. Until that is built in, restart the verifier or clear its copy.",
    ),
  "key.retired": ({ kid, issuedSecondsAgo }, confidence) =>
    tell(
      "The token is older than the key that signed it was kept.",
      [
        confidence === "certain"
          ? `the signature verifies with ${named(kid)}, which the issuer has withdrawn`
          : `${named(kid)} is no longer in the issuer's set`,
        issuedSecondsAgo !== null &&
          `the token was issued ${duration(issuedSecondsAgo)} before it was judged`,
      ],
      "Get a new token: it will be signed with a present key.",
    ),
  "key.id_missing": ({ candidates, where }) =>
    tell(
      where === "token"
        ? "The token does not say which key signed it."
        : "The published keys have no kid to be found by.",
      [
        where === "token"
          ? "the header has no kid"
          : "the header has a kid, and the keys of the set have none",
        candidates > 1
          ? `${counted(candidates, "key")} of the set could be meant`
          : false,
      ],
      where === "token"
        ? "Write the kid of the signing key into the header, as it stands in the published set."
        : "Publish each key with its kid, the one that the tokens name.",
    ),
  "key.id_form": ({ tokenKid, setKid, relation }, confidence) =>
    tell(
      "The right key is in the set, under another form of its name.",
      [
        `the token says kid ${quoted(tokenKid)}, the set has ${quoted(setKid)}: ${phrase(relation)}`,
        confidence === "certain" && "the signature verifies with that key",
      ],
      "Use one and the same kid in the header and in the published set, character by character.",
    ),
  "key.id_reused": ({ kid, otherAt }, confidence) =>
    tell(
      "The same kid names two different keys.",
      [
        confidence === "certain"
          ? `the signature verifies with another key of the same name: ${named(kid)}, found at ${quoted(otherAt)}`
          : `another key of the same name is at ${quoted(otherAt)}: ${named(kid)}`,
      ],
      "Give each key a kid of its own, best its thumbprint (RFC 7638), and let all replicas and environments publish what they sign with.",
    ),
  "key.use": ({ use }) =>
    tell(
      "The key is published for another use than signing.",
      [`its use is given as ${quoted(use)}`],
      "Publish the signing key with “use”: “sig”, or with no use at all. Do not sign with the key for encryption.",
    ),
  "key.other_issuer": ({ issuer, sameServer }, confidence) =>
    tell(
      "The token was signed by another issuer.",
      [
        `${confidence === "certain" ? "the signature verifies with a key of" : "the key may be that of"} ${issuer === null ? "another known issuer" : quoted(issuer)}`,
        sameServer && "it is another realm or environment of the same server",
      ],
      "Send tokens of the issuer that this API trusts, or point the verifier to the issuer that the clients use.",
    ),
  "key.unknown": ({ tried, sampleSecret }) =>
    tell(
      "The token was signed with a key that is not known here.",
      [
        sampleSecret
          ? "the signature verifies with a well-known secret out of examples: whoever signs uses a default, or guessed it"
          : tried > 0
            ? `${counted(tried, "attempt")} with known keys and their usual mistakes: none verifies it`
            : "no known key verifies it, and nothing explains why",
      ],
      sampleSecret
        ? "Find out who signs with a secret that everybody knows. If it is your issuer, give it a random secret of at least 32 bytes."
        : "Compare the key or secret of the verifier with the one that the issuer signs with; they must come from one source.",
    ),
};

function readAs(reading: SecretReading): string {
  if (reading === "utf8") return "the secret is taken as it stands, as text";
  if (TEXTS.includes(reading))
    return `the ${ENCODINGS[reading]} of the secret's bytes is itself taken as the secret`;
  return CHARSETS.includes(reading)
    ? `the secret is taken as ${ENCODINGS[reading]}`
    : `the secret is decoded from ${ENCODINGS[reading]} first`;
}

const named = (kid: string | null): string =>
  kid === null ? "the key" : `the key ${quoted(kid)}`;

function needed(alg: string): string {
  const algorithm = ALGORITHMS.get(alg);
  switch (algorithm?.kty) {
    case "RSA":
      return "an RSA key";
    case "EC":
      return `an EC key on ${algorithm.crv ?? "its curve"}`;
    case "OKP":
      return `an ${algorithm.crv ?? "Ed25519 or Ed448"} key`;
    case "oct":
      return "a shared secret";
    case "AKP":
      return "a key of type AKP made for it";
    case undefined:
      return "another key";
  }
}
