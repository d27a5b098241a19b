/** Grants: what people, and clients for themselves, allowed. */
import { z } from "@hono/zod-openapi";
import type { Grant } from "../store/records.ts";
import { endGrant } from "../revocation/end-tokens.ts";
import { call } from "./call.ts";
import { clientId } from "./client-schema.ts";
import { isoOf, isoOrNull } from "./client-view.ts";
import { onlyGiven } from "./only-given.ts";
import { PAGE, pageFrom, pageOf } from "./page.ts";
import { notFound } from "./problem.ts";
import { EXAMPLE_REVOKED, REVOKED } from "./revoked.ts";

const GRANT = z
  .strictObject({
    grantId: z.string(),
    clientId: z.string(),
    subject: z.string().nullable(),
    sessionId: z.string().nullable(),
    scopes: z.array(z.string()),
    resources: z.array(z.string()),
    createdAt: z.iso.datetime(),
    authenticatedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .openapi("Grant");

const EXAMPLE = {
  grantId: "5Qm3XbqT0n8KcR2vWfYh1D",
  clientId: "orders-web",
  subject: "anna",
  sessionId: "0aUeB7mZrT5kQ2xLwVnC9s",
  scopes: ["openid", "orders:read"],
  resources: ["https://orders.example"],
  createdAt: "2026-11-26T09:00:00.000Z",
  authenticatedAt: "2026-11-26T08:59:58.000Z",
  revokedAt: null,
};

const params = z.strictObject({ grantId: z.string().min(1).max(64) });

const view = (grant: Grant): z.input<typeof GRANT> => ({
  ...grant,
  scopes: [...grant.scopes],
  resources: [...grant.resources],
  createdAt: isoOf(grant.createdAt),
  authenticatedAt: isoOrNull(grant.authenticatedAt),
  revokedAt: isoOrNull(grant.revokedAt),
});

export const listGrants = call(
  {
    id: "listGrants",
    method: "get",
    path: "/grants",
    scope: "grants:read",
    summary: "Grants, of a client or a subject where one is named.",
    query: z.strictObject({
      ...PAGE,
      clientId: clientId.optional(),
      subject: z.string().min(1).max(255).optional(),
    }),
    status: 200,
    answer: pageOf(GRANT),
    example: { answer: { items: [EXAMPLE], next: null } },
  },
  async ({ context, query }) => {
    const { limit, after, subject } = query;
    const rows = await context.store.listGrants({
      ...onlyGiven({ after, subject, clientId: query.clientId }),
      limit: limit + 1,
    });
    const page = pageFrom(rows, ({ grantId }) => grantId, limit);
    return { body: { ...page, items: page.items.map(view) } };
  },
);

export const getGrant = call(
  {
    id: "getGrant",
    method: "get",
    path: "/grants/{grantId}",
    scope: "grants:read",
    summary: "One grant.",
    params,
    status: 200,
    answer: GRANT,
    example: { answer: EXAMPLE },
  },
  async ({ context, params: { grantId } }) => {
    const grant = await context.store.findGrant(grantId);
    if (!grant) throw notFound("grant");
    return { body: view(grant) };
  },
);

export const revokeGrant = call(
  {
    id: "revokeGrant",
    method: "post",
    path: "/grants/{grantId}/revoke",
    scope: "grants:revoke",
    summary: "Ends a grant with its refresh tokens and access tokens.",
    params,
    status: 200,
    answer: REVOKED,
    example: { answer: EXAMPLE_REVOKED },
  },
  async ({ context, caller, params: { grantId } }) => {
    const ended = await endGrant(context, grantId, caller.actor);
    if (!ended) throw notFound("grant");
    return { body: ended };
  },
);
