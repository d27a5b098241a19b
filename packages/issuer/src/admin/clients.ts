/** Clients: list, read, register, change, disable and enable. */
import { z } from "@hono/zod-openapi";
import { adminResource } from "../addresses.ts";
import { newSecret } from "../clients/new-secret.ts";
import { disableClient } from "../revocation/end-tokens.ts";
import { newTokenId } from "../tokens/opaque-token.ts";
import { isLive } from "../clients/check-secret.ts";
import { isConfidential, type Client } from "../clients/client.ts";
import type { ClientWithSecrets } from "../store/store.ts";
import type { IssuerContext } from "../issuer-context.ts";
import { call } from "./call.ts";
import { changedClient, newClient, usesSecrets } from "./client-changes.ts";
import { clientFaults } from "./client-rules.ts";
import {
  CLIENT,
  CLIENT_CHANGES,
  CLIENT_WITH_SECRETS,
  clientId,
  NEW_CLIENT,
  NEW_SECRET,
} from "./client-schema.ts";
import { clientView, secretView } from "./client-view.ts";
import {
  EXAMPLE_CLIENT,
  EXAMPLE_NEW_SECRET,
  EXAMPLE_SECRET,
} from "./examples.ts";
import { PAGE, pageIn, pageOf } from "./page.ts";
import { notFound, Problem, refuseFaults } from "./problem.ts";
import { EXAMPLE_REVOKED, REVOKED } from "./revoked.ts";
import { requireRights } from "./rights.ts";
import { changedMeanwhile, checkVersion, etagOf } from "./version.ts";

const params = z.strictObject({ clientId });

export const listClients = call(
  {
    id: "listClients",
    method: "get",
    path: "/clients",
    scope: "clients:read",
    summary: "Clients, in the order of their ids.",
    query: z.strictObject(PAGE),
    status: 200,
    answer: pageOf(CLIENT),
    example: { answer: { items: [EXAMPLE_CLIENT], next: null } },
  },
  async ({ context, query }) => {
    const all = await context.store.listClients();
    const page = pageIn(all, (one) => one.clientId, query);
    return { body: { ...page, items: page.items.map(clientView) } };
  },
);

export const getClient = call(
  {
    id: "getClient",
    method: "get",
    path: "/clients/{clientId}",
    scope: "clients:read",
    summary: "One client, and what is known of its secrets.",
    params,
    status: 200,
    answer: CLIENT_WITH_SECRETS,
    etag: true,
    example: { answer: { ...EXAMPLE_CLIENT, secrets: [EXAMPLE_SECRET] } },
  },
  async ({ context, params: { clientId: id } }) => {
    const { client, secrets } = await found(context, id);
    const now = context.clock();
    return {
      body: {
        ...clientView(client),
        secrets: secrets.map((one) => secretView(one, now)),
      },
      headers: { etag: etagOf(client) },
    };
  },
);

export const createClient = call(
  {
    id: "createClient",
    method: "post",
    path: "/clients",
    scope: "clients:write",
    summary:
      "Registers a client. Where it authenticates by a secret, the first one is made, and shown this once.",
    body: NEW_CLIENT,
    status: 201,
    answer: z
      .strictObject({ client: CLIENT, secret: z.union([NEW_SECRET, z.null()]) })
      .openapi("RegisteredClient"),
    etag: true,
    problems: ["conflict"],
    example: {
      body: {
        clientId: "orders-web",
        authentication: "client_secret_basic",
        resources: ["https://orders.example"],
        scopes: ["orders:read"],
      },
      answer: { client: EXAMPLE_CLIENT, secret: EXAMPLE_NEW_SECRET },
    },
  },
  async ({ context, caller, body }) => {
    const { store, journal, clock, random, master } = context;
    const now = clock();
    const client = newClient(body, {
      randomId: newTokenId(random, clock()),
      now,
      admin: adminResource(context.issuer),
    });
    requireRights(caller, client);
    await refuseFaulty(context, client);
    const about = { clientId: client.clientId };
    const made = await store.replaceClient(
      null,
      client,
      await journal.entry("client.created", about, caller.actor),
    );
    if (!made)
      throw new Problem("conflict", "There is a client of this id already.");
    const headers = {
      etag: etagOf(client),
      location: `${context.issuer}/admin/clients/${encodeURIComponent(client.clientId)}`,
    };
    if (!usesSecrets(client))
      return { body: { client: clientView(client), secret: null }, headers };
    const { text, row } = newSecret(client, {
      random,
      now,
      expiresAt: null,
      master,
    });
    await store.addSecret(
      row,
      now,
      await journal.entry("client.secret_rotated", about, caller.actor),
    );
    return {
      body: {
        client: clientView(client),
        secret: { ...secretView(row, now), secret: text },
      },
      headers,
    };
  },
);

export const changeClient = call(
  {
    id: "changeClient",
    method: "patch",
    path: "/clients/{clientId}",
    scope: "clients:write",
    summary:
      "Changes members of a client. Tokens that it has stay as they are until they end or are revoked.",
    params,
    body: CLIENT_CHANGES,
    status: 200,
    answer: CLIENT,
    etag: true,
    ifMatch: true,
    problems: ["conflict"],
    example: { body: { name: "Orders" }, answer: EXAMPLE_CLIENT },
  },
  async ({ context, caller, params: { clientId: id }, body, request }) => {
    const { client, secrets } = await found(context, id);
    checkVersion(request, client);
    const changed = changedClient(client, body);
    const now = context.clock();
    if (
      changed.authentication === "client_secret_jwt" &&
      changed.authentication !== client.authentication &&
      secrets.some((secret) => secret.sealed === null && isLive(secret, now))
    )
      throw new Problem(
        "conflict",
        "client_secret_jwt needs a secret that the server can read, and of those of this client it keeps digests alone. End them, change the client, and make a new secret.",
      );
    // Whoever needs no proof any more could be anybody: that is another client.
    if (isConfidential(client) !== isConfidential(changed))
      throw new Problem(
        "conflict",
        "A client stays public or confidential. Register another one, and disable this.",
      );
    return replace(context, caller, client, changed, "client.changed");
  },
);

export const disable = call(
  {
    id: "disableClient",
    method: "post",
    path: "/clients/{clientId}/disable",
    scope: "clients:write",
    summary: "Takes a client out of use, and ends all that it was given.",
    params,
    status: 200,
    answer: REVOKED,
    example: {
      answer: EXAMPLE_REVOKED,
    },
  },
  async ({ context, caller, params: { clientId: id } }) => {
    const { client } = await found(context, id);
    requireRights(caller, client);
    const ended = await disableClient(context, id, caller.actor);
    if (!ended) throw notFound("client");
    return { body: ended };
  },
);

export const enable = call(
  {
    id: "enableClient",
    method: "post",
    path: "/clients/{clientId}/enable",
    scope: "clients:write",
    summary: "Takes a client into use again. What was ended stays ended.",
    params,
    status: 200,
    answer: CLIENT,
    etag: true,
    example: { answer: EXAMPLE_CLIENT },
  },
  async ({ context, caller, params: { clientId: id } }) => {
    const { client } = await found(context, id);
    if (client.disabledAt === null)
      return {
        body: clientView(client),
        headers: { etag: etagOf(client) },
      };
    const enabled = { ...client, disabledAt: null };
    return replace(context, caller, client, enabled, "client.enabled");
  },
);

async function replace(
  context: IssuerContext,
  caller: Parameters<typeof requireRights>[0],
  before: Client,
  client: Client,
  event: "client.changed" | "client.enabled",
): Promise<{
  readonly body: ReturnType<typeof clientView>;
  readonly headers: { readonly etag: string };
}> {
  requireRights(caller, before, client);
  await refuseFaulty(context, client);
  const { store, journal } = context;
  const done = await store.replaceClient(
    before,
    client,
    await journal.entry(
      event,
      {
        clientId: client.clientId,
        facts: { members: changedMembers(before, client).join(" ") },
      },
      caller.actor,
    ),
  );
  if (!done) throw changedMeanwhile();
  return { body: clientView(client), headers: { etag: etagOf(client) } };
}

/** For the journal: which settings were changed, not to what. */
const changedMembers = (before: Client, after: Client): readonly string[] =>
  Object.keys(after).filter(
    (name) =>
      JSON.stringify(before[name as keyof Client]) !==
      JSON.stringify(after[name as keyof Client]),
  );

async function refuseFaulty(
  { store, issuer }: IssuerContext,
  client: Client,
): Promise<void> {
  const resources = await store.listResources();
  refuseFaults(clientFaults(client, { issuer, resources }));
}

/** Throws not_found. */
export async function found(
  { store }: IssuerContext,
  id: string,
): Promise<ClientWithSecrets> {
  const client = await store.findClient(id);
  if (!client) throw notFound("client");
  return client;
}
