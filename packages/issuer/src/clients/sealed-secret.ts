/** Client secrets under the master key: client_secret_jwt needs the secret itself, to compute the HMAC (OpenID Connect Core section 9). */
import type { MasterKey } from "../master-key.ts";

/** For whoever seals all rows anew when the master key changes. */
export const CLIENT_SECRET_PURPOSE = "client-secret";

/** The row that the sealed text belongs to: in another row it does not open. */
export const clientSecretPlace = (clientId: string, secretId: string): string =>
  JSON.stringify([clientId, secretId]);

export function sealSecret(
  master: Pick<MasterKey, "seal">,
  text: string,
  clientId: string,
  secretId: string,
): string {
  return master.seal(
    CLIENT_SECRET_PURPOSE,
    Buffer.from(text),
    clientSecretPlace(clientId, secretId),
  );
}

/** The secret's bytes. Throws UnsealError. */
export function unsealSecret(
  master: Pick<MasterKey, "unseal">,
  sealed: string,
  clientId: string,
  secretId: string,
): Uint8Array {
  return master.unseal(
    CLIENT_SECRET_PURPOSE,
    sealed,
    clientSecretPlace(clientId, secretId),
  );
}
