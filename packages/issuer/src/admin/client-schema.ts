/** What the API takes and shows of a client, by form. Which members go together is judged by client-rules.ts. */
import { z } from "@hono/zod-openapi";
import { isClientId } from "../clients/client-id.ts";
import { AUTHENTICATION_METHODS, GRANT_TYPES } from "../clients/client.ts";
import { LONGEST_GRACE } from "../tokens/refresh-family.ts";
import { ADMIN_SCOPES } from "./scopes.ts";

const DAY = 24 * 3600;
/** In seconds. */
export const LONGEST_SESSION: number = 730 * DAY;
export const LONGEST_ACCESS = DAY;

export const clientId = z
  .string()
  .refine(isClientId, "1 to 2048 characters of printable ASCII")
  .openapi({ example: "orders-web" });

/** RFC 6749 section 3.3. */
export const scope = z
  .string()
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/,
    "a scope: up to 128 printable characters without blank, quote and backslash",
  );
export const scopes = z.array(scope).max(200);

/** RFC 8707 section 2. */
export const resource = z
  .string()
  .max(2048)
  .refine(
    (text) => URL.canParse(text) && !/[#\s]/.test(text),
    "an absolute URI without a fragment",
  )
  .openapi({ example: "https://orders.example" });

const seconds = (from: number, to: number): z.ZodInt =>
  z.int().min(from).max(to);

const refresh = z.strictObject({
  rotate: z.boolean(),
  graceSeconds: seconds(0, LONGEST_GRACE),
  idleSeconds: seconds(0, LONGEST_SESSION),
  absoluteSeconds: seconds(0, LONGEST_SESSION),
  onReuse: z.enum(["refuse", "revoke"]),
  dryRun: z.enum(["refuse", "revoke"]).nullable(),
});

const MEMBERS = {
  name: z.string().min(1).max(200),
  authentication: z.enum(AUTHENTICATION_METHODS),
  grantTypes: z.array(z.enum(GRANT_TYPES)).max(GRANT_TYPES.length),
  redirectUris: z.array(z.string()).max(50),
  scopes,
  resources: z.array(resource).max(100),
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .max(10)
    .openapi({
      description: "Public keys (RFC 7517), for private_key_jwt.",
    }),
  assertionAlgorithms: z.array(z.string().max(20)).max(20),
  requireDpop: z.boolean(),
  fapi: z.boolean(),
  refresh,
  accessTokenSeconds: seconds(10, LONGEST_ACCESS).nullable().openapi({
    description: "null: the resource's own.",
  }),
  origins: z.array(z.string().max(300)).max(50),
  introspects: z.array(resource).max(100),
  adminScopes: z.array(z.enum(ADMIN_SCOPES as [string, ...string[]])),
} as const;

const CHANGES = z
  .strictObject({ ...MEMBERS, refresh: refresh.partial() })
  .partial().shape;

export const CLIENT_CHANGES = z.strictObject(CHANGES).openapi("ClientChanges");

export const NEW_CLIENT = z
  .strictObject({
    ...CHANGES,
    clientId: clientId.optional().openapi({
      description: "Default: a random one.",
    }),
    authentication: MEMBERS.authentication,
  })
  .openapi("NewClient");

const SHOWN = {
  clientId,
  ...MEMBERS,
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
} as const;

export const CLIENT = z.strictObject(SHOWN).openapi("Client");

const SHOWN_SECRET = {
  secretId: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  live: z.boolean(),
} as const;

export const SECRET = z.strictObject(SHOWN_SECRET).openapi("ClientSecret");

// Not extended from the schema of that name: the document would join two closed objects, and nothing fits both.
export const CLIENT_WITH_SECRETS = z
  .strictObject({ ...SHOWN, secrets: z.array(SECRET) })
  .openapi("ClientWithSecrets");

export const NEW_SECRET = z
  .strictObject({
    ...SHOWN_SECRET,
    secret: z.string().openapi({
      description: "The secret itself. It is shown this once.",
    }),
  })
  .openapi("NewClientSecret");

export type ClientChanges = z.output<typeof CLIENT_CHANGES>;
export type NewClient = z.output<typeof NEW_CLIENT>;
