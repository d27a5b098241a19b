/** Rules of exchange: who may make which token out of which (RFC 7523, RFC 8693). Without a rule nobody may. */
import { z } from "@hono/zod-openapi";
import type { ExchangeRule } from "../resources/resource.ts";
import { newTokenId } from "../tokens/opaque-token.ts";
import { call } from "./call.ts";
import { publicKeyFaults } from "./client-rules.ts";
import { clientId, resource, scopes } from "./client-schema.ts";
import { found } from "./clients.ts";
import { PAGE, pageIn, pageOf } from "./page.ts";
import { notFound, refuseFaults, type Fault } from "./problem.ts";
import { sayFound } from "./found.ts";
import { requireRights } from "./rights.ts";

const MEMBERS = {
  grantType: z.enum([
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
  ]),
  clientId,
  sourceIssuer: z.url().max(2048).openapi({
    description:
      "The issuer of the token that is presented; our own name for ours.",
  }),
  sourceAudience: z.string().min(1).max(2048),
  sourceKeys: z
    .strictObject({
      keys: z
        .array(z.looseObject({ kty: z.string() }))
        .min(1)
        .max(50),
    })
    .nullable()
    .openapi({ description: "Keys of a foreign issuer; null for our own." }),
  target: resource,
  scopes,
} as const;

const RULE = z
  .strictObject({ ruleId: z.string(), ...MEMBERS })
  .openapi("ExchangeRule");

const EXAMPLE = {
  ruleId: "3kTqS0cV8ZlYkQe3n7uPaB",
  grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
  clientId: "gateway",
  sourceIssuer: "https://issuer.example",
  sourceAudience: "https://front.example",
  sourceKeys: null,
  target: "https://orders.example",
  scopes: ["orders:read"],
};

const view = (rule: ExchangeRule): z.input<typeof RULE> =>
  structuredClone(rule) as z.input<typeof RULE>;

export const listRules = call(
  {
    id: "listExchangeRules",
    method: "get",
    path: "/exchange-rules",
    scope: "clients:read",
    summary: "Rules of exchange, of all clients or of one.",
    query: z.strictObject({ ...PAGE, clientId: clientId.optional() }),
    status: 200,
    answer: pageOf(RULE),
    example: { answer: { items: [EXAMPLE], next: null } },
  },
  async ({ context, query }) => {
    const all = await context.store.listExchangeRules(query.clientId ?? null);
    const page = pageIn(all, ({ ruleId }) => ruleId, query);
    return { body: { ...page, items: page.items.map(view) } };
  },
);

export const createRule = call(
  {
    id: "createExchangeRule",
    method: "post",
    path: "/exchange-rules",
    scope: "clients:write",
    summary:
      "Lets a client make a token for one resource out of another token.",
    body: z.strictObject(MEMBERS).openapi("NewExchangeRule"),
    status: 201,
    answer: RULE,
    problems: ["not_found"],
    example: {
      body: {
        grantType: EXAMPLE.grantType,
        clientId: EXAMPLE.clientId,
        sourceIssuer: EXAMPLE.sourceIssuer,
        sourceAudience: EXAMPLE.sourceAudience,
        sourceKeys: null,
        target: EXAMPLE.target,
        scopes: EXAMPLE.scopes,
      },
      answer: EXAMPLE,
    },
  },
  async ({ context, caller, body }) => {
    const { store, journal, random, issuer } = context;
    const { client } = await found(context, body.clientId);
    requireRights(caller, client);
    const target = await store.findResource(body.target);
    const own = body.sourceIssuer === issuer;
    const faults: Fault[] = [
      ...(own === (body.sourceKeys === null)
        ? []
        : [
            {
              at: "/sourceKeys",
              expected: own
                ? "null: our own keys are known"
                : "the public keys of the foreign issuer",
              found: sayFound(body.sourceKeys),
            },
          ]),
      ...(body.sourceKeys?.keys ?? []).flatMap((jwk, i) =>
        publicKeyFaults(jwk, `/sourceKeys/keys/${i}`),
      ),
      ...(target
        ? body.scopes.flatMap((scope, i) =>
            target.scopes.includes(scope)
              ? []
              : [
                  {
                    at: `/scopes/${i}`,
                    expected: "a scope that the target knows",
                    found: sayFound(scope),
                  },
                ],
          )
        : [
            {
              at: "/target",
              expected: "a resource that is registered",
              found: sayFound(body.target),
            },
          ]),
    ];
    refuseFaults(faults);
    const rule: ExchangeRule = {
      ruleId: newTokenId(random, context.clock()),
      ...body,
    };
    await store.putExchangeRule(
      rule,
      await journal.entry(
        "exchange_rule.changed",
        {
          clientId: rule.clientId,
          resource: rule.target,
          facts: { ruleId: rule.ruleId, change: "created" },
        },
        caller.actor,
      ),
    );
    return { body: view(rule) };
  },
);

export const deleteRule = call(
  {
    id: "deleteExchangeRule",
    method: "delete",
    path: "/exchange-rules/{ruleId}",
    scope: "clients:write",
    summary:
      "Takes a rule away. Tokens that were made by it stay until they end.",
    params: z.strictObject({ ruleId: z.string().max(64) }),
    status: 200,
    answer: RULE,
    example: { answer: EXAMPLE },
  },
  async ({ context, caller, params: { ruleId } }) => {
    const { store, journal } = context;
    const rule = (await store.listExchangeRules(null)).find(
      (one) => one.ruleId === ruleId,
    );
    if (!rule) throw notFound("rule");
    const { client } = await found(context, rule.clientId);
    requireRights(caller, client);
    const gone = await store.deleteExchangeRule(
      ruleId,
      await journal.entry(
        "exchange_rule.changed",
        {
          clientId: rule.clientId,
          resource: rule.target,
          facts: { ruleId, change: "deleted" },
        },
        caller.actor,
      ),
    );
    if (!gone) throw notFound("rule");
    return { body: view(rule) };
  },
);
