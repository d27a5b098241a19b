/** A new secret for a client: its text, to be shown once, and the row that is kept. */
import {
  makeOpaqueToken,
  newTokenId,
  type Random,
} from "../tokens/opaque-token.ts";
import type { MasterKey } from "../master-key.ts";
import type { Client, ClientSecret } from "./client.ts";
import { sealSecret } from "./sealed-secret.ts";

export interface NewSecret {
  /** Shown once. 256 random bits behind asy_cs_. */
  readonly text: string;
  readonly row: ClientSecret;
}

/** Sealed beside its digest only for a client of client_secret_jwt: every other method needs the digest alone. */
export function newSecret(
  client: Pick<Client, "clientId" | "authentication">,
  {
    random,
    now,
    expiresAt,
    master,
  }: {
    readonly random: Random;
    /** Milliseconds since the epoch. */
    readonly now: number;
    /** Milliseconds since the epoch; null: it does not end. */
    readonly expiresAt: number | null;
    readonly master: Pick<MasterKey, "seal">;
  },
): NewSecret {
  const secretId = newTokenId(random, now);
  const { text, digest } = makeOpaqueToken("secret", random);
  const { clientId, authentication } = client;
  return {
    text,
    row: {
      secretId,
      clientId,
      digest,
      sealed:
        authentication === "client_secret_jwt"
          ? sealSecret(master, text, clientId, secretId)
          : null,
      createdAt: now,
      expiresAt,
      lastUsedAt: null,
    },
  };
}
