/** Tokens: the life story of one, and its end. Threat: a token in an address is in every log on the way, so it comes in a body. */
import { z } from "@hono/zod-openapi";
import { endGrant, endToken } from "../revocation/end-tokens.ts";
import { call } from "./call.ts";
import { isoOrNull } from "./client-view.ts";
import { DIAGNOSIS, FACTS, HISTORY, PERSON } from "./history-schema.ts";
import { openPersonal } from "./personal-access.ts";
import { notFound } from "./problem.ts";
import { EXAMPLE_REVOKED, REVOKED } from "./revoked.ts";

const name = z.string().min(1).max(65_536).openapi({
  description:
    "A token itself (JWT, opaque, refresh token, code), or an id: jti, grant, client, kid.",
});

const when = z.iso.datetime().nullable();

const STORY = z
  .strictObject({
    kind: z.enum([
      "access_token",
      "refresh_token",
      "code",
      "grant",
      "client",
      "key",
      "remembered",
    ]),
    tokenId: z.string().nullable(),
    grantId: z.string().nullable(),
    clientId: z.string().nullable(),
    subject: z.string().nullable(),
    resource: z.string().nullable(),
    scopes: z.array(z.string()).nullable(),
    issuedAt: when,
    expiresAt: when,
    state: z.strictObject({
      outcome: z.enum(["good", "over", "unknown"]),
      reason: z.string().nullable(),
      since: when,
      ending: HISTORY.nullable(),
      superseded: z.int().nullable(),
      limit: z
        .strictObject({ by: z.enum(["age", "idle"]), seconds: z.number() })
        .nullable(),
    }),
    lines: z.array(
      z.strictObject({
        sequence: z.int(),
        at: z.iso.datetime(),
        event: z.string(),
        sentence: z.string(),
        tokenId: z.string().nullable(),
        grantId: z.string().nullable(),
        clientId: z.string().nullable(),
        facts: FACTS.nullable(),
        who: PERSON.nullable(),
      }),
    ),
    complete: z.boolean(),
    history: z.array(HISTORY),
    diagnosis: z.union([DIAGNOSIS, z.null()]),
  })
  .openapi("LifeStory");

export const lookUp = call(
  {
    id: "lookUpToken",
    method: "post",
    path: "/tokens/lookup",
    scope: "tokens:read",
    summary:
      "The life story of a token, grant, client or key: what it is, what happened to it, and why it is over. Persons are shown with `personal` alone, which needs journal:read and is written to the journal.",
    body: z
      .strictObject({ name, personal: z.boolean().default(false) })
      .openapi("TokenLookup"),
    status: 200,
    answer: STORY,
    problems: ["not_found"],
    example: {
      body: { name: "5Qm3XbqT0n8KcR2vWfYh1D" },
      answer: {
        kind: "access_token",
        tokenId: "5Qm3XbqT0n8KcR2vWfYh1D",
        grantId: null,
        clientId: "orders-web",
        subject: null,
        resource: "https://orders.example",
        scopes: ["orders:read"],
        issuedAt: "2026-11-26T09:00:00.000Z",
        expiresAt: "2026-11-26T09:10:00.000Z",
        state: {
          outcome: "good",
          reason: null,
          since: null,
          ending: null,
          superseded: null,
          limit: null,
        },
        lines: [],
        complete: true,
        history: [],
        diagnosis: null,
      },
    },
  },
  async ({ context, caller, body }) => {
    const story = await context.lives.tell(body.name, {
      anonymous: !body.personal,
    });
    if (!story) throw notFound("token, grant, client or key");
    const { tokenId, grantId, clientId, state } = story;
    if (body.personal)
      await openPersonal(context, caller, {
        tokenId: tokenId ?? undefined,
        grantId: grantId ?? undefined,
        clientId: clientId ?? undefined,
      });
    const told = { ...state, since: isoOrNull(state.since) };
    return {
      body: structuredClone({
        ...story,
        state: told,
      }) as unknown as z.input<typeof STORY>,
    };
  },
);

export const revokeToken = call(
  {
    id: "revokeToken",
    method: "post",
    path: "/tokens/revoke",
    scope: "tokens:revoke",
    summary:
      "Ends an access token. A refresh token or code ends with its whole grant (RFC 7009 section 2.1).",
    body: z.strictObject({ name }).openapi("TokenRevocation"),
    status: 200,
    answer: REVOKED,
    problems: ["not_found"],
    example: {
      body: { name: "5Qm3XbqT0n8KcR2vWfYh1D" },
      answer: { ...EXAMPLE_REVOKED, accessTokens: 1, families: 0, grants: 0 },
    },
  },
  async ({ context, caller, body }) => {
    const story = await context.lives.tell(body.name, { anonymous: true });
    const ended =
      story?.kind === "access_token" && story.tokenId !== null
        ? await endToken(context, story.tokenId, caller.actor)
        : story?.kind === "client" || story?.kind === "key"
          ? null
          : story && story.grantId !== null
            ? await endGrant(context, story.grantId, caller.actor)
            : null;
    if (!ended) throw notFound("token");
    return { body: ended };
  },
);
