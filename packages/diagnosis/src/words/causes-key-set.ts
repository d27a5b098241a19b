import { tell, type Family } from "./cause-words.ts";
import { counted } from "./time.ts";
import { phrase, quoted } from "./untrusted.ts";

/** Words for the causes of the family key that lie in the published set. */
export const KEY_SET: Pick<
  Family<"key">,
  | `key.set_${"empty" | "wrong_document" | "unreachable" | "unsupported_member"}`
  | "key.algorithm_label"
> = {
  "key.set_empty": ({ keys, usable }) =>
    tell(
      "The issuer's key set holds no key that can be used.",
      [
        keys === 0
          ? "the set is empty"
          : `the set has ${counted(keys, "key")}, of which ${usable} can be used`,
      ],
      "Publish the public part of the signing key in the set. Check that the key store behind it is read.",
    ),
  "key.set_wrong_document": ({ url, found }) =>
    tell(
      "The address of the keys answers with another document.",
      [
        url === null
          ? `found in place of a JWK Set: ${phrase(found)}`
          : `${quoted(url)} is no JWK Set; found: ${phrase(found)}`,
      ],
      "Configure the address that the issuer's metadata names as jwks_uri, and open it once to see a JSON object with “keys”.",
    ),
  "key.set_unreachable": ({ url, error }) =>
    tell(
      "The issuer's keys could not be fetched.",
      [
        url === null
          ? `the fetch failed: ${phrase(error)}`
          : `${quoted(url)} could not be fetched: ${phrase(error)}`,
      ],
      "Open the address from the verifier's own machine: check DNS, proxy, firewall and certificates there. The token itself may be good.",
    ),
  "key.set_unsupported_member": ({ kty, alg, hidden }) =>
    tell(
      "One key of the set is of a kind that the verifier does not understand.",
      [
        `the set has a key of type ${quoted(kty)}${alg === null ? "" : ` for ${quoted(alg)}`}`,
        hidden !== null && `it stands in the way of the key ${quoted(hidden)}`,
      ],
      "Update the verifier's library, or let it skip keys that it does not understand (RFC 7517 section 5).",
    ),
  "key.algorithm_label": ({ keyAlg, tokenAlg }, confidence) =>
    tell(
      keyAlg === null
        ? "The right key carries no label, and the verifier leaves it out."
        : "The right key carries the wrong label.",
      [
        `the key says ${keyAlg === null ? "no alg" : `alg ${quoted(keyAlg)}`}, the token ${quoted(tokenAlg)}`,
        confidence === "certain" &&
          "the signature verifies when the label is left out of account",
      ],
      `Publish the key with “alg”: ${quoted(tokenAlg)}, the algorithm that it signs with.${keyAlg === null ? " Or let the verifier take keys without alg, which RFC 7517 section 4.4 allows." : ""}`,
    ),
};
