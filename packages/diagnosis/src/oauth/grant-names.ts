import { notShown } from "./not-shown.ts";

/** The names of grants that standards give: all others begin with "urn:" or are misspelt. */
export const GRANT_NAMES: ReadonlySet<string> = new Set([
  "authorization_code",
  "refresh_token",
  "client_credentials",
  "password",
]);

const BARE = [
  "authorizationcode",
  "refreshtoken",
  "clientcredential",
  "password",
  "code",
  "refresh",
  "authcode",
  "devicecode",
  "jwtbearer",
  "clientcred",
];

/** A misspelt name that is about as long as the one that was meant; a longer one can hold more than a name. */
export const shownMisspelt = (grant: string): string =>
  BARE.some((name) => Math.abs(name.length + 1 - grant.length) <= 3)
    ? grant
    : notShown(grant);

/** "client_credential", "authorization-code", "refresh": near to a name that is known, and none. */
export function isMisspelt(grant: string): boolean {
  if (GRANT_NAMES.has(grant) || grant.startsWith("urn:") || grant === "pkce")
    return false;
  const bare = grant
    .slice(0, 60)
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/s$/, "");
  return BARE.some(
    (name) =>
      bare === name ||
      (bare.length > 6 && (name.startsWith(bare) || bare.startsWith(name))),
  );
}
