import type { Facts } from "../causes.ts";
import { tell, type Family } from "./cause-words.ts";
import { phrase } from "./untrusted.ts";

/** What to do about the part that the verifier cannot do. */
const SUPPORT: Readonly<Record<Facts["verifier.unsupported"]["part"], string>> =
  {
    algorithm:
      "Update the platform or its library, or have the issuer sign with an algorithm that both sides know (ES256, RS256).",
    proof_algorithm:
      "Have the client sign its proofs with an algorithm that both sides know, such as ES256, or update the verifier's library.",
    scheme:
      "Let the API take this scheme and check the proof that comes with it, or have the issuer give this client bearer tokens.",
    form: "Give the verifier a library for tokens of this form, or have the client send a JWT that the issuer made for this API.",
    compression:
      "Have the issuer leave zip out: only what is encrypted may be compressed (RFC 7516 section 4.1.3).",
    extension:
      "Have the issuer leave the extension out, or give the verifier code that understands it: what stands in crit may not be passed over (RFC 7515 section 4.1.11).",
  };

/** Words for the causes of the family verifier. */
export const VERIFIER: Family<"verifier"> = {
  "verifier.too_strict": ({ what }) =>
    tell(
      "The verifier refuses what the standards allow.",
      [`refused, and allowed: ${phrase(what)}`],
      "Relax this one check in the verifier, or update its library. The token is as the standards want it.",
    ),
  "verifier.unsupported": ({ what, part }) =>
    tell(
      part === "algorithm" || part === "proof_algorithm"
        ? "The verifier's platform cannot do what the token needs."
        : "The verifier does not understand what the token needs.",
      [`not supported: ${phrase(what)}`],
      SUPPORT[part],
    ),
  "verifier.not_configured": ({ setting }) =>
    tell(
      "The verifier lacks a setting, or the one that was meant is not in force.",
      [`the setting: ${phrase(setting)}`],
      "Set it, and restart the verifier. Check that the name of the setting is the one that this version reads.",
    ),
};
