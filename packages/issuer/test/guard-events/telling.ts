/** A guard of the API at the issuer's door, as plain requests. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import type { SealedEntry } from "../../src/journal/events.ts";
import {
  API,
  ISSUER,
  json,
  type RevocationBed,
} from "../revocation/revocation-bed.ts";

export const BOOT = "boot-of-one-process-00";
const name = (): string => randomBytes(16).toString("base64url");
export const fingerprintOf = (token: string): string =>
  createHash("sha256").update(token).digest("base64url").slice(0, 22);

export type Told = Record<string, unknown>;

export const refused = (sequence: number, more: Told = {}): Told => ({
  sequence,
  event: "token.refused",
  at: "2026-11-26T09:00:00.000Z",
  handle: name(),
  status: 401,
  error: "invalid_token",
  step: "expiration",
  reason: "expiration.expired",
  problem: null,
  evidence: { now: 1000, toleranceSeconds: 0, bySeconds: 600, exp: 400 },
  cause: {
    code: "time.clock_ahead",
    confidence: "likely",
    facts: { bySeconds: 600, against: "the issuer's clock" },
  },
  who: null,
  where: {
    method: "GET",
    path: "/orders/of/alice",
    host: "api.example",
    ip: "203.0.113.9",
    agent: "shop/1",
  },
  key: { alg: "ES256", kid: "k" },
  fingerprint: name(),
  ...more,
});

export const provenOf = (
  claims: Record<string, unknown>,
  more: Told = {},
): Told => ({
  who: {
    issuer: ISSUER,
    subject: "somebody else",
    client: "another",
    tokenId: claims["jti"],
    proven: true,
    ...more,
  },
});

export interface Sending {
  readonly clientId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export async function send(
  bed: RevocationBed,
  events: readonly Told[],
  more: Told = {},
  { clientId = "api", headers = {}, body }: Sending = {},
): Promise<Response> {
  const batch = {
    resource: API,
    boot: BOOT,
    events,
    next: Number(events.at(-1)?.["sequence"] ?? 0) + 1,
    ...more,
  };
  return bed.fetch("/guard-events", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: bed.authorization(clientId),
      ...headers,
    },
    body: body ?? JSON.stringify(batch),
  });
}

export async function taken(
  bed: RevocationBed,
  events: readonly Told[],
  more: Told = {},
): Promise<unknown> {
  const answer = await send(bed, events, more);
  const body = await json(answer);
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body["next"];
}

export async function told(
  bed: RevocationBed,
): Promise<readonly SealedEntry[]> {
  while ((await bed.store.seal(1000)).entries > 0);
  return bed.store.readJournal({ origin: "guards", limit: 1000 });
}
