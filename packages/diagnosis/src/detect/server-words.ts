import { headerValues } from "@assay/token";
import type { ResponseSeen } from "../inquiry.ts";

/** What a server says in its refusal, as far as we read it: the challenge and the body. */
export function serverWords(response: ResponseSeen | undefined): string {
  return [
    ...headerValues({ headers: response?.headers ?? {} }, "www-authenticate"),
    response?.body ?? "",
  ]
    .join("\n")
    .slice(0, 4_000);
}

/** A server that says that it has nothing to compare with. The second group is what is lacking. */
const UNSET = [
  /\b(no|without any|missing) (audience|issuer|security key|key|secret)s?\b[^.\n]{0,40}\b(?:set|configured|bound|provided|given|defined|specified)\b/i,
  // Envoy's "Jwt issuer is not configured" speaks of the token's issuer, which is none of those that are.
  /(?<!\bjwt )\b(valid)?(audience|issuer|secret|key)s?\b[^.\n]{0,60}\b(?:is|are|was|were) (?:null|empty|unset|undefined|not (?:set|configured|provided|defined|specified))/i,
  /\b(valid)?(audience|issuer|secret|key)\b[^.\n]{0,40}\bmust be (?:set|configured|provided|specified)\b/i,
  /\b(contains|has) an? (audience|issuer)\b[^.\n]{0,40}\bnone (?:is |was )?(?:set|configured|expected)\b/i,
];

/** The setting that the server says it lacks; null: it says nothing of the kind. */
export function lackingSetting(
  words: string,
): "audience" | "issuer" | "key" | null {
  const named = UNSET.map((pattern) =>
    pattern.exec(words)?.[2]?.toLowerCase(),
  ).find((name) => name !== undefined);
  if (named === undefined) return null;
  return named === "audience" || named === "issuer" ? named : "key";
}
