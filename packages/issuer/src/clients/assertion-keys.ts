/** What an assertion of a client may be signed with: its keys, or one of its secrets. */
import { importSecret, KeySet, readJwk } from "@assay/token";
import type { MasterKey } from "../master-key.ts";
import { isLive } from "./check-secret.ts";
import type { Client, ClientSecret } from "./client.ts";
import { unsealSecret } from "./sealed-secret.ts";

/** Largest modulus of a client's key, in bits: each signature under it costs us time. */
const LARGEST_MODULUS = 4096;
/** Two secrets may be live; beyond them the newest past ones are tried too, only to say that they have ended. */
const TRIED_SECRETS = 4;

export interface AssertionKeys {
  readonly keys: KeySet;
  /** null: the client's own keys. */
  readonly secret: ClientSecret | null;
  readonly live: boolean;
}

/** Live ones first; never empty: a client without any has an empty set, in which no key is found. Throws UnsealError. */
export function assertionKeys(
  { authentication, keys }: Client,
  secrets: readonly ClientSecret[],
  master: Pick<MasterKey, "unseal">,
  now: number,
): readonly AssertionKeys[] {
  const own = {
    keys: new KeySet(
      authentication === "private_key_jwt"
        ? keys.map((jwk) => readJwk(jwk, { maxModulusBits: LARGEST_MODULUS }))
        : [],
    ),
    secret: null,
    live: true,
  };
  const shared =
    authentication === "client_secret_jwt"
      ? secrets
          .toSorted((a, b) => Number(isLive(b, now)) - Number(isLive(a, now)))
          .slice(0, TRIED_SECRETS)
          .flatMap((secret) => sharedKeys(secret, master, now))
      : [];
  return shared.length > 0 ? shared : [own];
}

function sharedKeys(
  secret: ClientSecret,
  master: Pick<MasterKey, "unseal">,
  now: number,
): readonly AssertionKeys[] {
  const { sealed, clientId, secretId } = secret;
  if (sealed === null) return [];
  const bytes = unsealSecret(master, sealed, clientId, secretId);
  return [
    {
      keys: new KeySet([importSecret(bytes)]),
      secret,
      live: isLive(secret, now),
    },
  ];
}
