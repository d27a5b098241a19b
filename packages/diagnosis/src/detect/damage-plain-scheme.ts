import type { Investigation } from "../investigation.ts";
import { schemeWords } from "./damage-scheme-word.ts";

/** Schemes that browsers, platforms and other clients put there by themselves: the gateway's matter, and not a slip of the pen. */
const OTHER_SCHEMES =
  /^(basic|negotiate|ntlm|digest|aws4-hmac-sha256|aws|signature|oauth|hoba|mutual|sharedkey(lite)?|gnap|privatetoken|dpop|bearer)$/i;

/** A header whose value has no due scheme, and in which no JWT can be seen: an opaque token alone, or after another word. */
export function detectPlainScheme(i: Investigation, text: string): void {
  const expected = i.policy.scheme ?? "Bearer";
  const words = text.split(/[ \t]+/);
  const [first = ""] = words;
  const named = schemeWords(text).words[0];
  if (OTHER_SCHEMES.test(first) || words.length > 2) return;
  if (words.length === 1 && named === undefined && first.length < 12) return;
  const facts = {
    found: words.length === 2 ? first.slice(0, 20) : null,
    expected,
  };
  i.suspect("token.scheme_missing", {
    confidence: "likely",
    facts,
    explains: ["request.scheme_unsupported"],
    weight: words.length === 2 ? 35 : 25,
  });
}
