/** The ID token of a sign-in (OpenID Connect Core section 2). */
import { hash } from "node:crypto";
import type { Client } from "../clients/client.ts";
import { seconds, type IssuerContext } from "../issuer-context.ts";
import type { Grant } from "../store/records.ts";

export const ID_TOKEN_ALGORITHM = "ES256";

export async function idToken(
  { issuer, clock, keys, options }: IssuerContext,
  {
    client,
    grant,
    nonce,
    accessToken,
  }: {
    readonly client: Client;
    readonly grant: Grant;
    readonly nonce: string | null;
    readonly accessToken: string;
  },
): Promise<string> {
  const lifetime = options.idTokenSeconds;
  const key = await keys.prepare(ID_TOKEN_ALGORITHM, lifetime);
  const now = seconds(clock());
  return key.sign(
    {
      iss: issuer,
      sub: grant.subject,
      aud: client.clientId,
      iat: now,
      exp: now + lifetime,
      ...(grant.authenticatedAt !== null && {
        auth_time: seconds(grant.authenticatedAt),
      }),
      ...(nonce !== null && { nonce }),
      ...(grant.sessionId !== null && { sid: grant.sessionId }),
      // Section 3.1.3.6: the left half of the hash that ES256 uses.
      at_hash: hash("sha256", accessToken, "buffer")
        .subarray(0, 16)
        .toString("base64url"),
    },
    { typ: "JWT" },
  );
}
