/** Router and document of the admin API, made of the table of its calls. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { getPath } from "hono/utils/url";
import { addressOf, adminResource } from "../addresses.ts";
import { NO_STORE } from "../endpoints/answer.ts";
import type { IssuerContext } from "../issuer-context.ts";
import { answerProblem } from "./answer-problem.ts";
import { LINES, type AnyCall } from "./call.ts";
import { callerOf, requireScope } from "./caller.ts";
import { CALLS } from "./calls.ts";
import type { AdminEnvironment } from "./environment.ts";
import { faultsOf } from "./faults-of.ts";
import { notFound, refuseFaults } from "./problem.ts";
import { ADMIN_SCOPE_MEANINGS } from "./scopes.ts";

type Http = Context<AdminEnvironment>;

/** Longest body, in bytes. */
const LONGEST_BODY = 256 * 1024;

let made: OpenAPIHono<AdminEnvironment> | null = null;

/** One for all issuers of the process: each request brings its own. */
export function adminApi(): OpenAPIHono<AdminEnvironment> {
  made ??= build();
  return made;
}

function build(): OpenAPIHono<AdminEnvironment> {
  const app = new OpenAPIHono<AdminEnvironment>({
    getPath: (request, options) => {
      const env = options?.env as AdminEnvironment["Bindings"] | undefined;
      if (!env)
        throw new TypeError("the admin API was called without an issuer");
      const { context } = env;
      const base = new URL(adminResource(context.issuer)).pathname;
      return getPath(request).slice(base.length) || "/";
    },
  });
  app.onError((error, http) => answerProblem(http, error));
  app.notFound((http) => answerProblem(http, notFound("address")));
  // What the API is like is no secret: whoever may not call it may read that.
  app.get("/openapi.json", (http) =>
    http.json(documentOf(app, http.env.context)),
  );
  app.use(async (http, next) => {
    const { context, connection } = http.env;
    http.set("caller", await callerOf(context, http.req.raw, connection));
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: LONGEST_BODY,
      onError: () => {
        throw new HTTPException(413);
      },
    }),
  );
  for (const one of CALLS) addCall(app, one);
  return app;
}

function addCall(app: OpenAPIHono<AdminEnvironment>, one: AnyCall): void {
  const { shape, route, handle } = one;
  const known = memberNames(shape.body).concat(memberNames(shape.query));
  app.openapi(
    {
      ...route,
      // Before anything is read of what was sent.
      middleware: async (http: Http, next: () => Promise<void>) => {
        requireScope(callerIn(http), shape.scope);
        await next();
      },
    } as never,
    (async (http: Http) => answerOf(http, one, handle)) as never,
    ((result: {
      readonly target: string;
      readonly success: boolean;
      readonly data: unknown;
      readonly error?: { readonly issues: Parameters<typeof faultsOf>[0] };
    }) => {
      if (result.error)
        refuseFaults(
          faultsOf(
            result.error.issues,
            result.data,
            WHERE[result.target] ?? "",
            known,
          ),
        );
    }) as never,
  );
}

const WHERE: Readonly<Record<string, string>> = {
  query: "query",
  param: "path",
  header: "header",
};

function memberNames(schema: unknown): readonly string[] {
  return typeof schema === "object" && schema !== null && "shape" in schema
    ? Object.keys(schema.shape as object)
    : [];
}

async function answerOf(
  http: Http,
  { shape }: AnyCall,
  handle: AnyCall["handle"],
): Promise<Response> {
  const { context } = http.env;
  const valid = (target: string): unknown =>
    http.req.valid(target as never) ?? {};
  const answer = await handle({
    params: shape.params ? valid("param") : {},
    query: shape.query ? valid("query") : {},
    body: shape.body ? valid("json") : {},
    context,
    caller: callerIn(http),
    request: http.req.raw,
  } as never);
  // Something may have been written to the journal, and a client changed.
  context.written();
  context.origins.forget();
  if ("lines" in answer)
    return http.body(streamOf(answer.lines), 200, {
      ...NO_STORE,
      "content-type": LINES,
    });
  return http.body(
    JSON.stringify(answer.body),
    shape.status as ContentfulStatusCode,
    { ...NO_STORE, "content-type": "application/json", ...answer.headers },
  );
}

function callerIn(
  http: Http,
): NonNullable<AdminEnvironment["Variables"]["caller"]> {
  const caller = http.get("caller");
  if (!caller) throw new TypeError("a call was reached without its caller");
  return caller;
}

/** Pulled line by line: a reader that is slow makes the journal wait, not the memory grow. */
function streamOf(lines: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(`${value}\n`));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function documentOf(
  app: OpenAPIHono<AdminEnvironment>,
  { issuer }: IssuerContext,
): object {
  const { components, ...document } = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Assay admin API",
      version: "1",
      description:
        "Clients, resources, grants, tokens, keys and the journal of one issuer. Errors are problem details (RFC 9457) that name what was expected and what was found.",
      license: {
        name: "Apache-2.0",
        url: "https://www.apache.org/licenses/LICENSE-2.0",
      },
    },
    servers: [{ url: adminResource(issuer) }],
  });
  const admin = {
    type: "oauth2",
    description:
      "An access token for the resource of this API, as a bearer token or bound by DPoP.",
    flows: {
      clientCredentials: {
        tokenUrl: addressOf(issuer, "token"),
        scopes: ADMIN_SCOPE_MEANINGS,
      },
    },
  };
  return {
    ...document,
    components: { ...components, securitySchemes: { admin } },
  };
}
