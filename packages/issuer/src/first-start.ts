/** What a fresh store gets: admin API and feed of revocations as resources, and one admin token that is said once. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { adminResource } from "./addresses.ts";
import { ADMIN_SCOPES } from "./admin/scopes.ts";
import { CLIENT_DEFAULTS } from "./clients/client-defaults.ts";
import type { Client } from "./clients/client.ts";
import type { IssuerContext } from "./issuer-context.ts";
import type { Who } from "./journal/journal-writer.ts";
import type { Resource } from "./resources/resource.ts";
import { feedResource } from "./revocation/feed-access.ts";
import type { Store } from "./store/store.ts";
import { issue, prepareAccessToken } from "./tokens/access-token.ts";

/** Name of the value that says that it is done. */
const DONE = "first-start";
/** What stands there when the next start shall do it again. */
const AGAIN = "again";
/** How long one server may take for it, in milliseconds. */
const LEASE = 60_000;
/** Milliseconds between two looks of the others. */
const LOOK_AGAIN = 250;
/** The first admin token lives for so long: time enough to make a client that gets further ones. In seconds. */
const FIRST_TOKEN_SECONDS = 30 * 24 * 3600;
/** The client in whose name it is given. It has no way to authenticate, so that it can never get another. */
export const FIRST_CLIENT = "assay-setup";

/** In the data folder, mode 0600. */
export const ADMIN_TOKEN_FILE = "admin-token";

const WHO: Who = {
  subject: null,
  clientId: FIRST_CLIENT,
  ip: null,
  agent: null,
};

/** Does nothing when it was done. The token is said once, and lies in a file that its owner alone can read, where the command finds it. */
export async function firstStart(
  context: IssuerContext,
  dataFolder: string,
  note: (line: string) => void,
): Promise<void> {
  const { store, journal, issuer, clock } = context;
  const resource = adminApi(issuer, clock());
  for (const ours of [resource, feedResource(issuer, clock())])
    if ((await store.findResource(ours.resource)) === null)
      await store.putResource(
        ours,
        await journal.entry(
          "resource.changed",
          { resource: ours.resource },
          WHO,
        ),
      );
  const holder = journal.newId();
  // Of several servers that start at once, one. The others wait until it is done, or its lease is over: it may have ended in the middle.
  for (;;) {
    const done = await store.readValue(DONE);
    if (!isDue(done)) return;
    const now = clock();
    if (!(await store.acquireLease(DONE, holder, now, now + LEASE))) {
      await wait(LOOK_AGAIN);
      continue;
    }
    try {
      if ((await store.readValue(DONE)) !== done) continue;
      note(await firstToken(context, resource, dataFolder));
      await store.writeValue(DONE, done, new Date(now).toISOString());
      return;
    } finally {
      await store.acquireLease(DONE, holder, now, now);
    }
  }
}

const isDue = (done: string | null): boolean => done === null || done === AGAIN;

/** Makes it, puts it into its file, and returns what is said of it. */
async function firstToken(
  context: IssuerContext,
  resource: Resource,
  dataFolder: string,
): Promise<string> {
  const { store, journal, clock } = context;
  const client = setupClient(clock(), resource.resource);
  await store.putClient(
    client,
    await journal.entry("client.created", { clientId: client.clientId }, WHO),
  );
  const access = await prepareAccessToken(context, {
    client,
    resource: { ...resource, accessTokenSeconds: FIRST_TOKEN_SECONDS },
    scopes: ADMIN_SCOPES,
    subject: null,
    grant: null,
    familyId: null,
    jkt: null,
  });
  const text = await issue(
    context,
    access,
    await journal.entry(
      "token.issued",
      { clientId: client.clientId, tokenId: access.record.tokenId },
      WHO,
    ),
  );
  const file = join(dataFolder, ADMIN_TOKEN_FILE);
  // Threat: a file or a link that somebody put there while the folder was open to others: it would keep its own owner and mode.
  rmSync(file, { force: true });
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: "wx" });
  return `First admin token, shown once and good for 30 days: ${text}`;
}

/**
 * Nobody has an admin token any more: the next start makes one, as the first did. Whoever can do this can write to the database, and so
 * gains nothing by it. False: there was no first start yet, or the next one makes a token already.
 */
export async function firstStartAgain(store: Store): Promise<boolean> {
  const done = await store.readValue(DONE);
  return (
    done !== null &&
    done !== AGAIN &&
    (await store.writeValue(DONE, done, AGAIN))
  );
}

const adminApi = (issuer: string, now: number): Resource => ({
  resource: adminResource(issuer),
  name: "Admin API",
  scopes: ADMIN_SCOPES,
  // Opaque: a revocation counts at the next request.
  format: "opaque",
  algorithm: "ES256",
  accessTokenSeconds: 600,
  requireDpop: false,
  claims: {},
  createdAt: now,
});

const setupClient = (now: number, resource: string): Client => ({
  clientId: FIRST_CLIENT,
  name: "First start",
  authentication: "private_key_jwt",
  grantTypes: [],
  redirectUris: [],
  scopes: ADMIN_SCOPES,
  resources: [resource],
  ...CLIENT_DEFAULTS,
  refresh: {
    rotate: true,
    graceSeconds: 0,
    idleSeconds: 0,
    absoluteSeconds: 0,
    onReuse: "revoke",
    dryRun: null,
  },
  adminScopes: ADMIN_SCOPES,
  createdAt: now,
  disabledAt: null,
});
