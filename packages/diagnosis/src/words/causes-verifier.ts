import { tell, type Family } from "./cause-words.ts";
import { phrase } from "./untrusted.ts";

/** Words for the causes of the family verifier. */
export const VERIFIER: Family<"verifier"> = {
  "verifier.too_strict": ({ what }) =>
    tell(
      "The verifier refuses what the standards allow.",
      [`refused, and allowed: ${phrase(what)}`],
      "Relax this one check in the verifier, or update its library. The token is as the standards want it.",
    ),
  "verifier.unsupported": ({ what }) =>
    tell(
      "The verifier's platform cannot do what the token needs.",
      [`not supported: ${phrase(what)}`],
      "Update the platform or its library, or have the issuer sign with an algorithm that both sides know (ES256, RS256).",
    ),
  "verifier.not_configured": ({ setting }) =>
    tell(
      "The verifier lacks a setting, or the one that was meant is not in force.",
      [`the setting: ${phrase(setting)}`],
      "Set it, and restart the verifier. Check that the name of the setting is the one that this version reads.",
    ),
};
