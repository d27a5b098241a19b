/** Secrets of a client: a second one is added, clients are moved over, and the first one ends. */
import { z } from "@hono/zod-openapi";
import { newSecret } from "../clients/new-secret.ts";
import { call } from "./call.ts";
import { usesSecrets } from "./client-changes.ts";
import { clientId, NEW_SECRET, SECRET } from "./client-schema.ts";
import { secretView } from "./client-view.ts";
import { found } from "./clients.ts";
import { EXAMPLE_NEW_SECRET, EXAMPLE_SECRET } from "./examples.ts";
import { notFound, Problem } from "./problem.ts";
import { requireRights } from "./rights.ts";

/** Ten years, in seconds. */
const LONGEST = 10 * 365 * 24 * 3600;

export const addSecret = call(
  {
    id: "addClientSecret",
    method: "post",
    path: "/clients/{clientId}/secrets",
    scope: "clients:write",
    summary:
      "Makes a secret. It is shown this once. At most two are live at a time.",
    params: z.strictObject({ clientId }),
    body: z
      .strictObject({
        expiresInSeconds: z.int().min(60).max(LONGEST).nullable().optional(),
      })
      .openapi("NewClientSecretWish"),
    status: 201,
    answer: NEW_SECRET,
    problems: ["conflict"],
    example: { body: {}, answer: EXAMPLE_NEW_SECRET },
  },
  async ({ context, caller, params, body: { expiresInSeconds } }) => {
    const { store, journal, clock, random, master } = context;
    const { client, secrets } = await found(context, params.clientId);
    requireRights(caller, client);
    if (!usesSecrets(client))
      throw new Problem(
        "conflict",
        `The client authenticates by ${client.authentication}, which needs no secret.`,
      );
    const now = clock();
    const expiresAt =
      typeof expiresInSeconds === "number"
        ? now + expiresInSeconds * 1000
        : null;
    const { text, row } = newSecret(client, { random, now, expiresAt, master });
    const entry = await journal.entry(
      "client.secret_rotated",
      { clientId: client.clientId, facts: { secretId: row.secretId } },
      caller.actor,
    );
    if ((await store.addSecret(row, now, entry)) === "too_many")
      throw new Problem(
        "conflict",
        `Two secrets are live already (${secrets
          .filter((one) => secretView(one, now).live)
          .map(({ secretId }) => secretId)
          .join(", ")}). End one of them first.`,
      );
    return { body: { ...secretView(row, now), secret: text } };
  },
);

export const endSecret = call(
  {
    id: "endClientSecret",
    method: "post",
    path: "/clients/{clientId}/secrets/{secretId}/end",
    scope: "clients:write",
    summary: "Ends a secret, at once or after a while.",
    params: z.strictObject({ clientId, secretId: z.string().max(64) }),
    body: z
      .strictObject({ inSeconds: z.int().min(0).max(LONGEST).default(0) })
      .openapi("SecretEnd"),
    status: 200,
    answer: SECRET,
    example: {
      body: { inSeconds: 3600 },
      answer: { ...EXAMPLE_SECRET, expiresAt: "2026-11-26T10:00:00.000Z" },
    },
  },
  async ({ context, caller, params, body: { inSeconds } }) => {
    const { store, journal, clock } = context;
    const { client, secrets } = await found(context, params.clientId);
    requireRights(caller, client);
    const secret = secrets.find((one) => one.secretId === params.secretId);
    if (!secret) throw notFound("secret of this client");
    const now = clock();
    // An end is never put off so.
    const expiresAt = Math.min(
      now + inSeconds * 1000,
      secret.expiresAt ?? Number.POSITIVE_INFINITY,
    );
    await store.endSecret(
      client.clientId,
      secret.secretId,
      expiresAt,
      await journal.entry(
        "client.changed",
        {
          clientId: client.clientId,
          facts: { members: "secrets", secretId: secret.secretId },
        },
        caller.actor,
      ),
    );
    return { body: secretView({ ...secret, expiresAt }, now) };
  },
);
