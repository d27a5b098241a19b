/** A client as the API shows it: times as texts, no digest, no sealed secret. */
import type { z } from "@hono/zod-openapi";
import { isLive } from "../clients/check-secret.ts";
import type { Client, ClientSecret } from "../clients/client.ts";
import type { CLIENT, SECRET } from "./client-schema.ts";

type Shown<Schema extends z.ZodType> = z.input<Schema>;

export const isoOf = (at: number): string => new Date(at).toISOString();
export const isoOrNull = (at: number | null): string | null =>
  at === null ? null : isoOf(at);

export function clientView(client: Client): Shown<typeof CLIENT> {
  const { createdAt, disabledAt, ...rest } = client;
  return {
    ...(structuredClone(rest) as Omit<
      Shown<typeof CLIENT>,
      "createdAt" | "disabledAt"
    >),
    createdAt: isoOf(createdAt),
    disabledAt: isoOrNull(disabledAt),
  };
}

export const secretView = (
  secret: ClientSecret,
  now: number,
): Shown<typeof SECRET> => ({
  secretId: secret.secretId,
  createdAt: isoOf(secret.createdAt),
  expiresAt: isoOrNull(secret.expiresAt),
  lastUsedAt: isoOrNull(secret.lastUsedAt),
  live: isLive(secret, now),
});
