/** A real store with clients in it, a clock that is set by hand, and a master key: what authentication and grants are tested with. */
import { randomBytes } from "node:crypto";
import type { AuthenticationContext } from "../src/clients/authenticate.ts";
import type { Client } from "../src/clients/client.ts";
import { newSecret } from "../src/clients/new-secret.ts";
import { SecretUse } from "../src/clients/secret-use.ts";
import type { JournalEntry } from "../src/journal/events.ts";
import { openMasterKey } from "../src/master-key.ts";
import type { MasterKey, MasterSecret } from "../src/master-key.ts";
import type { Store } from "../src/store/store.ts";
import { aClient, type GivenClient } from "./a-client.ts";
import { openTemporaryStore } from "./temporary-store.ts";

export const ISSUER = "https://issuer.example";
export const TOKEN_ENDPOINT = `${ISSUER}/token`;
/** 2026-01-01T00:00:00Z, in milliseconds. */
export const START: number = Date.UTC(2026, 0, 1);

export interface ClientBed {
  readonly store: Store;
  readonly master: MasterKey;
  readonly masterSecret: MasterSecret;
  /** Milliseconds; tests move it. */
  now: number;
  readonly context: AuthenticationContext;
  readonly secretUse: SecretUse;
  put(client: GivenClient): Promise<Client>;
  /** Adds a secret and returns its text. */
  addSecret(client: Client, expiresAt?: number | null): Promise<string>;
  close(): Promise<void>;
}

export async function openClientBed(): Promise<ClientBed> {
  const { store, master: masterSecret, close } = await openTemporaryStore();
  const master = await openMasterKey(store, [masterSecret], randomBytes);
  const secretUse = new SecretUse(store, (error) => {
    throw error;
  });
  const bed: ClientBed = {
    store,
    master,
    masterSecret,
    now: START,
    secretUse,
    context: {
      issuer: ISSUER,
      tokenEndpoint: TOKEN_ENDPOINT,
      store,
      clock: () => bed.now,
      master,
      secretUse,
    },
    async put(client) {
      const whole = aClient({
        grantTypes: ["client_credentials"],
        createdAt: START,
        ...client,
      });
      await store.putClient(whole, journalEntry("client.created"));
      return whole;
    },
    async addSecret(client, expiresAt = null) {
      const { text, row } = newSecret(client, {
        random: randomBytes,
        now: bed.now,
        expiresAt,
        master,
      });
      await store.addSecret(
        row,
        bed.now,
        journalEntry("client.secret_rotated"),
      );
      return text;
    },
    async close() {
      await secretUse.settled();
      await close();
    },
  };
  return bed;
}

export const journalEntry = (event: JournalEntry["event"]): JournalEntry => ({
  id: randomBytes(16).toString("base64url"),
  at: START,
  event,
  personal: null,
});

/** A POST of a form to the token endpoint. */
export const post = (
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Request =>
  new Request(TOKEN_ENDPOINT, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });

/** The header of client_secret_basic as RFC 6749 section 2.3.1 wants it. */
export const basic = (id: string, secret: string): string =>
  rawBasic(`${formEncode(id)}:${formEncode(secret)}`);

export const rawBasic = (text: string): string =>
  `Basic ${Buffer.from(text).toString("base64")}`;

export const formEncode = (text: string): string =>
  new URLSearchParams({ "": text }).toString().slice(1);
