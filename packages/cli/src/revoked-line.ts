/** What a revocation did, in a line. */
import type { AdminAnswer } from "@assay/issuer";

type Revoked = AdminAnswer<"post", "/tokens/revoke">;

export function sayRevoked(revoked: Revoked): string {
  const { found, accessTokens, grants } = revoked;
  return found
    ? `Ended: ${counted(grants, "grant")}, ${counted(accessTokens, "access token")}. Introspection knows at once.\n`
    : "Nothing was left to end: it was over before.\n";
}

const counted = (n: number, what: string): string =>
  `${n} ${what}${n === 1 ? "" : "s"}`;
