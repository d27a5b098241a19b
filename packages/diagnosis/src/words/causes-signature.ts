import { isAlgorithm } from "@assay/token";
import { tell, type Family } from "./cause-words.ts";
import { anyOf } from "./lists.ts";
import { phrase, quoted } from "./untrusted.ts";

/** Words for the causes of the families signature and algorithm. */
export const SIGNATURE: Family<"signature"> & Family<"algorithm"> = {
  "signature.der": ({ bytes, form }, confidence) =>
    tell(
      form === "der"
        ? "The ECDSA signature is in DER, the form of certificates."
        : "The two numbers of the ECDSA signature do not have their full length.",
      [
        form === "der"
          ? `the signature is a DER sequence of ${bytes} bytes`
          : `the signature has ${bytes} bytes${form === "recoverable" ? ": one for the recovery of the key is added" : ""}`,
        confidence === "certain" &&
          (form === "der"
            ? "it verifies when r and s are taken out of the sequence"
            : "it verifies when r and s are brought to their full length"),
      ],
      "Write r and s one after the other in their full length (RFC 7518 section 3.4); libraries call this form IEEE P1363.",
    ),
  "signature.hex": ({ text }, confidence) =>
    tell(
      "The signature was turned into text before it was encoded.",
      [
        confidence === "certain"
          ? `the signature verifies when the ${text} inside it is decoded first`
          : `the signature is ${text} text inside base64url`,
      ],
      `Encode the bytes of the signature in base64url once, without the step over ${text}.`,
    ),
  "signature.padding_scheme": ({ declared, made }, confidence) =>
    tell(
      "The RSA signature was made with another padding than the header says.",
      [
        `the header says ${quoted(declared)}`,
        `${confidence === "certain" ? "the signature verifies as" : "the signature may be"} ${quoted(made)}`,
      ],
      isAlgorithm(made)
        ? `Sign with the padding of ${phrase(declared)} (${padding(declared)}), or write ${quoted(made)} into the header.`
        : `Sign with the padding of ${phrase(declared)} (${padding(declared)}). What was made has no name that the header could say.`,
    ),
  "signature.hash": ({ declared, made }, confidence) =>
    tell(
      "The signature was made with another hash than the header says.",
      [
        `the header says ${quoted(declared)}`,
        `${confidence === "certain" ? "the signature verifies with" : "the signature may be made with"} ${quoted(made)}`,
      ],
      isAlgorithm(made)
        ? `Sign with the hash of ${phrase(declared)}, or write ${quoted(made)} into the header.`
        : `Sign with the hash of ${phrase(declared)}. What was made has no name that the header could say.`,
    ),
  "signature.input": ({ input }, confidence) =>
    tell(
      "Something else was signed than what is sent.",
      [
        `${confidence === "certain" ? "the signature verifies over this" : "what may have been signed"}: ${phrase(input)}`,
      ],
      "Sign the text of header and payload in base64url with the dot between them, exactly as it is sent (RFC 7515 section 5.1).",
    ),
  "algorithm.mismatch": ({ token, verifier }) =>
    tell(
      "Issuer and verifier are set to different algorithms.",
      [
        `the token says ${quoted(token)}, the verifier accepts ${verifier.length === 0 ? "only the asymmetric algorithms of its keys" : anyOf(verifier)}`,
      ],
      "Decide on one algorithm and set it on both sides. Never let the token alone decide.",
    ),
  "algorithm.name": ({ found, meant, by }) =>
    tell(
      "The algorithm is written under another name.",
      [
        `the ${by === "token" ? "header" : "verifier's list"} says ${quoted(found)}, meant is ${quoted(meant)}`,
      ],
      `Write ${quoted(meant)} into the ${by === "token" ? "header" : "list"}: names of algorithms are compared letter by letter.`,
    ),
};

const padding = (alg: string): string =>
  alg.startsWith("PS")
    ? "RSASSA-PSS, its salt as long as its hash: RFC 7518 section 3.5"
    : "RSASSA-PKCS1-v1_5: RFC 7518 section 3.3";
