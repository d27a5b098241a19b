/** Resources and their scopes: list, read, register, change. */
import { z } from "@hono/zod-openapi";
import { isAlgorithm, isSymmetric } from "@assay/token";
import { adminResource } from "../addresses.ts";
import type { IssuerContext } from "../issuer-context.ts";
import type { Resource } from "../resources/resource.ts";
import { isReservedClaim } from "../tokens/resource-claims.ts";
import { call } from "./call.ts";
import {
  LONGEST_ACCESS,
  resource as resourceUri,
  scopes,
} from "./client-schema.ts";
import { isoOf } from "./client-view.ts";
import { EXAMPLE_RESOURCE } from "./examples.ts";
import { PAGE, pageIn, pageOf } from "./page.ts";
import { notFound, Problem } from "./problem.ts";
import { changedMeanwhile, checkVersion, etagOf } from "./version.ts";

const MEMBERS = {
  name: z.string().min(1).max(200),
  scopes,
  format: z.enum(["jwt", "opaque"]).openapi({
    description:
      "jwt: RFC 9068, read by whoever has the keys. opaque: only introspection tells what it is, and a revocation counts at once.",
  }),
  algorithm: z
    .string()
    .refine(
      (name) => isAlgorithm(name) && !isSymmetric(name),
      "an algorithm with a key pair, such as ES256",
    ),
  accessTokenSeconds: z.int().min(10).max(LONGEST_ACCESS),
  requireDpop: z.boolean(),
  claims: z
    .record(
      z
        .string()
        .min(1)
        .max(100)
        .refine(
          (name) => !isReservedClaim(name),
          "a claim that the server does not set itself",
        ),
      z.string().min(1).max(100),
    )
    .openapi({
      description:
        "Claims to add: the claim, and the member of the account that fills it.",
    }),
} as const;

const RESOURCE = z
  .strictObject({
    resource: resourceUri,
    ...MEMBERS,
    createdAt: z.iso.datetime(),
  })
  .openapi("Resource");

const CHANGES = z.strictObject(MEMBERS).partial();
const params = z.strictObject({ resource: resourceUri });

const view = (resource: Resource): z.input<typeof RESOURCE> => ({
  ...resource,
  scopes: [...resource.scopes],
  claims: { ...resource.claims },
  createdAt: isoOf(resource.createdAt),
});

export const listResources = call(
  {
    id: "listResources",
    method: "get",
    path: "/resources",
    scope: "resources:read",
    summary: "Resources, in the order of their names.",
    query: z.strictObject(PAGE),
    status: 200,
    answer: pageOf(RESOURCE),
    example: { answer: { items: [EXAMPLE_RESOURCE], next: null } },
  },
  async ({ context, query }) => {
    const all = await context.store.listResources();
    const page = pageIn(all, (one) => one.resource, query);
    return { body: { ...page, items: page.items.map(view) } };
  },
);

export const getResource = call(
  {
    id: "getResource",
    method: "get",
    path: "/resources/{resource}",
    scope: "resources:read",
    summary: "One resource. Its URI stands percent-encoded in the path.",
    params,
    status: 200,
    answer: RESOURCE,
    etag: true,
    example: { answer: EXAMPLE_RESOURCE },
  },
  async ({ context, params: { resource } }) => {
    const one = await found(context, resource);
    return { body: view(one), headers: { etag: etagOf(one) } };
  },
);

export const createResource = call(
  {
    id: "createResource",
    method: "post",
    path: "/resources",
    scope: "resources:write",
    summary: "Registers a resource: what access tokens are for.",
    body: z
      .strictObject({ ...CHANGES.shape, resource: resourceUri })
      .openapi("NewResource"),
    status: 201,
    answer: RESOURCE,
    etag: true,
    problems: ["conflict"],
    example: {
      body: {
        resource: "https://orders.example",
        scopes: ["orders:read", "orders:write"],
      },
      answer: EXAMPLE_RESOURCE,
    },
  },
  async ({ context, caller, body }) => {
    const { store, journal, clock, issuer } = context;
    const made: Resource = {
      resource: body.resource,
      name: body.name ?? body.resource.slice(0, 200),
      scopes: body.scopes ?? [],
      format: body.format ?? "jwt",
      algorithm: body.algorithm ?? "ES256",
      accessTokenSeconds: body.accessTokenSeconds ?? 600,
      requireDpop: body.requireDpop ?? false,
      claims: body.claims ?? {},
      createdAt: clock(),
    };
    const done = await store.replaceResource(
      null,
      made,
      await journal.entry(
        "resource.changed",
        { resource: made.resource, facts: { members: "all" } },
        caller.actor,
      ),
    );
    if (!done)
      throw new Problem("conflict", "There is a resource of this URI already.");
    const location = `${issuer}/admin/resources/${encodeURIComponent(made.resource)}`;
    return { body: view(made), headers: { etag: etagOf(made), location } };
  },
);

export const changeResource = call(
  {
    id: "changeResource",
    method: "patch",
    path: "/resources/{resource}",
    scope: "resources:write",
    summary: "Changes members of a resource, for tokens that are issued later.",
    params,
    body: z.strictObject(CHANGES.shape).openapi("ResourceChanges"),
    status: 200,
    answer: RESOURCE,
    etag: true,
    ifMatch: true,
    problems: ["conflict"],
    example: {
      body: { accessTokenSeconds: 300 },
      answer: { ...EXAMPLE_RESOURCE, accessTokenSeconds: 300 },
    },
  },
  async ({ context, caller, params: { resource }, body, request }) => {
    const before = await found(context, resource);
    checkVersion(request, before);
    const members = Object.entries(body).filter(
      ([name, value]) =>
        value !== undefined &&
        JSON.stringify(value) !==
          JSON.stringify(before[name as keyof Resource]),
    );
    refuseForAdmin(
      context,
      resource,
      members.map(([name]) => name),
    );
    const after: Resource = { ...before, ...Object.fromEntries(members) };
    const { store, journal } = context;
    const done = await store.replaceResource(
      before,
      after,
      await journal.entry(
        "resource.changed",
        {
          resource,
          facts: { members: members.map(([name]) => name).join(" ") },
        },
        caller.actor,
      ),
    );
    if (!done) throw changedMeanwhile();
    return { body: view(after), headers: { etag: etagOf(after) } };
  },
);

/** Threat: an operator of resources gives the admin API scopes or a format in which a revocation counts later. */
function refuseForAdmin(
  { issuer }: IssuerContext,
  resource: string,
  members: readonly string[],
): void {
  const fixed = members.find(
    (name) => !["name", "accessTokenSeconds", "requireDpop"].includes(name),
  );
  if (resource === adminResource(issuer) && fixed !== undefined)
    throw new Problem(
      "conflict",
      `Of the admin API only name, accessTokenSeconds and requireDpop can be changed, not ${fixed}.`,
    );
}

/** Throws not_found. */
async function found(
  { store }: IssuerContext,
  name: string,
): Promise<Resource> {
  const resource = await store.findResource(name);
  if (!resource) throw notFound("resource");
  return resource;
}
