/** The ring of signing keys: list, rotate, withdraw, and who does not know the next key yet. */
import { z } from "@hono/zod-openapi";
import type { IssuerContext } from "../issuer-context.ts";
import type { RingRefusal } from "../signing-keys/ring.ts";
import { readSightings } from "../signing-keys/seen-sets.ts";
import { rehearse } from "../signing-keys/sightings.ts";
import type { SigningKeyRecord } from "../store/records.ts";
import { withdrawKey } from "../revocation/end-tokens.ts";
import { call } from "./call.ts";
import { isoOf, isoOrNull } from "./client-view.ts";
import { notFound, Problem } from "./problem.ts";
import { EXAMPLE_REVOKED, REVOKED } from "./revoked.ts";

const when = z.iso.datetime().nullable();

const KEY = z
  .strictObject({
    kid: z.string(),
    algorithm: z.string(),
    state: z.enum(["next", "current", "retired", "withdrawn"]),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso.datetime(),
    activatedAt: when,
    retiredAt: when,
    withdrawnAt: when,
    publicJwk: z.looseObject({ kty: z.string() }),
  })
  .openapi("SigningKey");

const KEYS = z.strictObject({ items: z.array(KEY) });

const EXAMPLE = {
  kid: "t5Q0m3XbqTn8KcR2",
  algorithm: "ES256",
  state: "current",
  createdAt: "2026-11-25T09:00:00.000Z",
  publishedAt: "2026-11-25T09:00:00.000Z",
  activatedAt: "2026-11-26T09:00:00.000Z",
  retiredAt: null,
  withdrawnAt: null,
  publicJwk: { kty: "EC", crv: "P-256", x: "…", y: "…" },
} as const;

/** The sealed private key is no part of it. */
const view = (key: SigningKeyRecord): z.input<typeof KEY> => ({
  kid: key.kid,
  algorithm: key.algorithm,
  state: key.state,
  createdAt: isoOf(key.createdAt),
  publishedAt: isoOf(key.publishedAt),
  activatedAt: isoOrNull(key.activatedAt),
  retiredAt: isoOrNull(key.retiredAt),
  withdrawnAt: isoOrNull(key.withdrawnAt),
  publicJwk: structuredClone(key.publicJwk) as z.input<typeof KEY>["publicJwk"],
});

const all = async ({ keys }: IssuerContext): Promise<z.input<typeof KEYS>> => ({
  items: (await keys.list()).map(view),
});

export const listKeys = call(
  {
    id: "listKeys",
    method: "get",
    path: "/keys",
    scope: "keys:read",
    summary: "Every signing key that the server remembers.",
    status: 200,
    answer: KEYS,
    example: { answer: { items: [EXAMPLE] } },
  },
  async ({ context }) => ({ body: await all(context) }),
);

export const rotateKeys = call(
  {
    id: "rotateKeys",
    method: "post",
    path: "/keys/rotate",
    scope: "keys:write",
    summary:
      "Makes the next key of an algorithm current. Too early, some verifiers may not know it yet: `force` does it all the same.",
    body: z
      .strictObject({
        algorithm: z.string().min(1).max(20).default("ES256"),
        force: z.boolean().default(false),
      })
      .openapi("KeyRotation"),
    status: 200,
    answer: KEYS,
    problems: ["conflict", "not_found"],
    example: { body: { algorithm: "ES256" }, answer: { items: [EXAMPLE] } },
  },
  async ({ context, caller, body: { algorithm, force } }) => {
    const by = await context.journal.personal.seal(caller.actor);
    const plan = await context.keys.rotate(algorithm, { force, by });
    if ("refused" in plan) throw problemOf(plan);
    return { body: await all(context) };
  },
);

export const withdraw = call(
  {
    id: "withdrawKey",
    method: "post",
    path: "/keys/{kid}/withdraw",
    scope: "keys:write",
    summary:
      "Takes a key out of the published set, and ends all access tokens that it signed: somebody else may have it.",
    params: z.strictObject({ kid: z.string().min(1).max(256) }),
    status: 200,
    answer: REVOKED,
    problems: ["conflict"],
    example: { answer: { ...EXAMPLE_REVOKED, families: 0, grants: 0 } },
  },
  async ({ context, caller, params: { kid } }) => {
    const ended = await withdrawKey(context, kid, caller.actor);
    if ("refused" in ended) throw problemOf(ended);
    return { body: ended };
  },
);

export const rehearseRotation = call(
  {
    id: "rehearseRotation",
    method: "get",
    path: "/keys/rehearsal",
    scope: "keys:read",
    summary:
      "What a rotation would do: when each next key may sign, and which guards have not fetched it yet.",
    status: 200,
    answer: z
      .strictObject({
        items: z.array(
          z.strictObject({
            algorithm: z.string(),
            kid: z.string().nullable(),
            readyAt: when,
            ready: z.boolean(),
            informed: z.array(z.string()),
            behind: z.array(
              z.strictObject({
                guard: z.string(),
                lastFetchAt: z.iso.datetime().nullable(),
              }),
            ),
          }),
        ),
      })
      .openapi("RotationRehearsal"),
    example: {
      answer: {
        items: [
          {
            algorithm: "ES256",
            kid: "t5Q0m3XbqTn8KcR2",
            readyAt: "2026-11-27T09:00:00.000Z",
            ready: false,
            informed: ["orders-api"],
            behind: [],
          },
        ],
      },
    },
  },
  async ({ context }) => {
    const { keys, store, clock } = context;
    const rehearsal = rehearse(
      await keys.list(),
      await readSightings(store),
      keys.policy,
    );
    const now = clock();
    return {
      body: {
        items: rehearsal.map(
          ({ algorithm, kid, readyAt, informed, behind }) => ({
            algorithm,
            kid,
            readyAt: isoOrNull(readyAt),
            ready: readyAt !== null && readyAt <= now,
            informed,
            behind: behind.map(({ guard, lastFetchAt }) => ({
              guard,
              // null: never.
              lastFetchAt: lastFetchAt === 0 ? null : isoOf(lastFetchAt),
            })),
          }),
        ),
      },
    };
  },
);

function problemOf({ refused, allowedAt }: RingRefusal): Problem {
  const until = allowedAt === null ? "" : ` It may from ${isoOf(allowedAt)}.`;
  switch (refused) {
    case "unknown_algorithm":
      return notFound("algorithm in the ring");
    case "unknown_kid":
      return notFound("key");
    case "already_withdrawn":
      return new Problem("conflict", "The key was withdrawn before.");
    case "too_early":
      return new Problem(
        "conflict",
        `The next key was not published long enough: verifiers may not know it yet.${until} With force it is done all the same.`,
      );
    case "too_many_retired":
      return new Problem(
        "conflict",
        `Too many retired keys are published still.${until}`,
      );
  }
}
