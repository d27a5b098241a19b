/** An issuer with an operator's client, and its admin API as a typed client sees it: each answer is read by the schema of its call. */
import assert from "node:assert/strict";
import { ADMIN_SCOPES, type AdminScope } from "../../src/admin/scopes.ts";
import { CALLS } from "../../src/admin/calls.ts";
import type {
  AdminAnswer,
  AdminInput,
  AdminMethod,
  AdminPath,
} from "../../src/admin/client-types.ts";
import { PROBLEM_SCHEMA } from "../../src/admin/call.ts";
import { adminResource } from "../../src/addresses.ts";
import type { Client } from "../../src/clients/client.ts";
import { issue, prepareAccessToken } from "../../src/tokens/access-token.ts";
import { aResource } from "../a-resource.ts";
import { ISSUER, journalEntry, START } from "../client-bed.ts";
import { openIssuerBed, type IssuerBed } from "../issuer-bed.ts";

export const ADMIN: string = adminResource(ISSUER);

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly {
    readonly at: string;
    readonly expected: string;
    readonly found: string;
  }[];
}

export interface AdminBed extends IssuerBed {
  /** An access token of an operator's client with these scopes; one client for each set. */
  token(
    scopes?: readonly AdminScope[],
    more?: { readonly jkt?: string },
  ): Promise<string>;
  /** A call that must succeed, with all scopes unless `token` is given. */
  call<Method extends AdminMethod, Path extends AdminPath<Method>>(
    method: Method,
    path: Path,
    input?: AdminInput<Method, Path> & { readonly token?: string },
  ): Promise<{
    readonly body: AdminAnswer<Method, Path>;
    readonly headers: Headers;
  }>;
  /** A call that must be refused. Anything may be sent. */
  refused(
    method: string,
    path: string,
    input?: {
      readonly body?: unknown;
      readonly ifMatch?: string;
      readonly token?: string | null;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<{ readonly problem: Problem; readonly headers: Headers }>;
  /** Events of the journal in their order, sealed or not, with who did it. */
  events(): Promise<
    readonly { readonly event: string; readonly by: string | null }[]
  >;
}

export async function openAdminBed(): Promise<AdminBed> {
  const bed = await openIssuerBed();
  const { issuer } = bed;
  await bed.store.putResource(
    aResource({
      resource: ADMIN,
      name: "Admin API",
      scopes: ADMIN_SCOPES,
      format: "opaque",
      createdAt: START,
    }),
    journalEntry("resource.changed"),
  );
  const operator = async (scopes: readonly AdminScope[]): Promise<Client> =>
    bed.put({
      clientId: scopes === ADMIN_SCOPES ? "ops" : `ops ${scopes.join(" ")}`,
      authentication: "client_secret_basic",
      scopes,
      adminScopes: scopes,
      resources: [ADMIN],
    });
  const token: AdminBed["token"] = async (
    scopes = ADMIN_SCOPES,
    { jkt } = {},
  ) => {
    const resource = await bed.store.findResource(ADMIN);
    assert.ok(resource);
    const access = await prepareAccessToken(issuer.context, {
      client: await operator(scopes),
      resource,
      scopes,
      subject: null,
      grant: null,
      familyId: null,
      jkt: jkt ?? null,
    });
    return issue(issuer.context, access, journalEntry("token.issued"));
  };
  let all: string | null = null;
  const send = async (
    method: string,
    address: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response> =>
    issuer.fetch(
      new Request(`${ADMIN}${address}`, {
        method: method.toUpperCase(),
        headers: {
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && {
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
      }),
      { ip: "203.0.113.5" },
    );

  const more: Omit<AdminBed, keyof IssuerBed> = {
    token,
    async call(method: AdminMethod, path: string, input?: object) {
      all ??= await token();
      const {
        params,
        query,
        body,
        ifMatch,
        token: text = all,
      } = (input ?? {}) as {
        readonly params?: Readonly<Record<string, string>>;
        readonly query?: Readonly<Record<string, unknown>>;
        readonly body?: unknown;
        readonly ifMatch?: string;
        readonly token?: string;
      };
      const response = await send(
        method,
        addressOf(path, params, query),
        body,
        {
          authorization: `Bearer ${text}`,
          ...(ifMatch !== undefined && { "if-match": ifMatch }),
        },
      );
      const told = await response.text();
      const shape = CALLS.find(
        (one) => one.shape.method === method && one.shape.path === path,
      )?.shape;
      assert.equal(response.status, shape?.status, told);
      assert.equal(response.headers.get("cache-control"), "no-store");
      const answer = shape?.answer
        ? shape.answer.parse(JSON.parse(told))
        : told;
      return { body: answer as never, headers: response.headers };
    },
    async refused(
      method,
      address,
      { body, ifMatch, token: text, headers } = {},
    ) {
      all ??= await token();
      const given = text === undefined ? all : text;
      const response = await send(method, address, body, {
        ...(given !== null && { authorization: `Bearer ${given}` }),
        ...(ifMatch !== undefined && { "if-match": ifMatch }),
        ...headers,
      });
      const told = await response.text();
      assert.equal(
        response.headers.get("content-type"),
        "application/problem+json",
        told,
      );
      const problem = PROBLEM_SCHEMA.parse(JSON.parse(told));
      assert.equal(problem.status, response.status);
      return { problem: problem as Problem, headers: response.headers };
    },
    async events() {
      const { context } = issuer;
      while ((await bed.store.seal(1000)).entries > 0);
      const entries = await bed.store.readJournal({ limit: 1000 });
      return Promise.all(
        entries.map(async ({ event, personal }) => ({
          event,
          by: personal
            ? ((await context.journal.personal.open(personal))?.by ?? null)
            : null,
        })),
      );
    },
  };
  return Object.assign(bed, more);
}

function addressOf(
  path: string,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const asked = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  ).toString();
  return asked === "" ? filled : `${filled}?${asked}`;
}
