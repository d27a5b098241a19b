/**
 * One call of the admin API: what it takes, what it answers, which scope it needs, and an example. Router, validation, document and typed
 * client are all made from this.
 */
import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";
import type { Caller } from "./caller.ts";
import type { IssuerContext } from "../issuer-context.ts";
import type { ProblemCode } from "./problem.ts";
import type { AdminScope } from "./scopes.ts";

export interface CallShape {
  /** operationId of the document. */
  readonly id: string;
  readonly method: "get" | "post" | "patch" | "delete";
  /** Under /admin, with `{name}` for what varies. */
  readonly path: string;
  readonly scope: AdminScope;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201;
  /** null: lines of JSON, each an object. */
  readonly answer: z.ZodType | null;
  /** The answer names the version that it shows (RFC 9110 section 8.8.3). */
  readonly etag?: boolean;
  /** A change of a version that If-Match names (RFC 9110 section 13.1.1). */
  readonly ifMatch?: boolean;
  /** What else may go wrong: codes besides those of every call. */
  readonly problems?: readonly ProblemCode[];
  readonly example: { readonly body?: unknown; readonly answer: unknown };
}

type Read<T> = T extends z.ZodType ? z.output<T> : Record<string, never>;

export interface CallInput<S extends CallShape> {
  readonly params: Read<S["params"]>;
  readonly query: Read<S["query"]>;
  readonly body: Read<S["body"]>;
  readonly context: IssuerContext;
  readonly caller: Caller;
  readonly request: Request;
}

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** What a handler gives: the answer, and headers beside it. For lines, the lines. */
export type CallAnswer<S extends CallShape> = S["answer"] extends z.ZodType
  ? {
      readonly body: Frozen<z.input<S["answer"]>>;
      readonly headers?: Readonly<Record<string, string>>;
    }
  : { readonly lines: AsyncIterable<string> };

export interface Call<S extends CallShape = CallShape> {
  readonly shape: S;
  readonly route: RouteConfig;
  readonly handle: (input: CallInput<S>) => Promise<CallAnswer<S>>;
}

/** A call of any shape, for the router: what it takes was validated by its own schemas. */
export interface AnyCall {
  readonly shape: CallShape;
  readonly route: RouteConfig;
  readonly handle: (input: never) => Promise<
    | {
        readonly body: unknown;
        readonly headers?: Readonly<Record<string, string>>;
      }
    | { readonly lines: AsyncIterable<string> }
  >;
}

export const LINES = "application/jsonl";
const PROBLEM = "application/problem+json";

export function call<const S extends CallShape>(
  shape: S,
  handle: (input: CallInput<S>) => Promise<CallAnswer<S>>,
): Call<S> {
  return { shape, route: routeOf(shape), handle };
}

function routeOf(shape: CallShape): RouteConfig {
  const { id, method, path, scope, summary, example, body, ifMatch } = shape;
  return createRoute({
    operationId: id,
    method,
    path,
    summary,
    tags: [path.split("/")[1] ?? ""],
    security: [{ admin: [scope] }],
    request: {
      ...(shape.params && { params: shape.params }),
      ...(shape.query && { query: shape.query }),
      ...(ifMatch === true && { headers: IF_MATCH }),
      ...(body && {
        body: {
          required: true,
          content: {
            "application/json": { schema: body, example: example.body },
          },
        },
      }),
    },
    responses: {
      [shape.status]: {
        description: summary,
        ...(shape.etag === true && {
          headers: {
            ETag: {
              description: "The version, for If-Match.",
              schema: { type: "string" },
            },
          },
        }),
        content:
          shape.answer === null
            ? { [LINES]: { schema: z.string(), example: example.answer } }
            : {
                "application/json": {
                  schema: shape.answer,
                  example: example.answer,
                },
              },
      },
      ...refusals(shape),
    },
  });
}

/** Its presence is judged by the call: without it the answer is 428 (RFC 6585 section 3). */
const IF_MATCH = z.looseObject({
  "if-match": z.string().optional().openapi({
    description: "The ETag of the version that is to be changed.",
    example: '"qL0dWsyKQ3m4rSCTsVw4jQ"',
  }),
});

const REFUSALS: Readonly<
  Record<string, { readonly description: string; readonly code: string }>
> = {
  400: { description: "The input is not as expected.", code: "invalid_input" },
  401: { description: "No access token that does.", code: "invalid_token" },
  403: {
    description: "The token lacks a scope, or the rights that are handed on.",
    code: "insufficient_scope",
  },
  404: { description: "There is no such thing.", code: "not_found" },
  409: {
    description: "The present state does not allow it.",
    code: "conflict",
  },
  412: {
    description: "It was changed since it was read.",
    code: "changed_meanwhile",
  },
  413: { description: "The body is too large.", code: "too_large" },
  415: { description: "The body is no JSON.", code: "media_type" },
  428: { description: "If-Match is missing.", code: "precondition_needed" },
  503: {
    description: "The store is away; try again.",
    code: "unavailable",
  },
};

function refusals(shape: CallShape): RouteConfig["responses"] {
  const { params, query, body, ifMatch, problems = [] } = shape;
  const statuses = [
    ...(query || body || params ? [400] : []),
    401,
    403,
    ...(params || problems.includes("not_found") ? [404] : []),
    ...(problems.includes("conflict") ? [409] : []),
    ...(ifMatch === true ? [412, 428] : []),
    ...(body ? [413, 415] : []),
    503,
  ];
  return Object.fromEntries(
    statuses.map((status) => {
      const { description, code } = REFUSALS[status] ?? {
        description: "",
        code: "",
      };
      return [
        status,
        {
          description,
          content: {
            [PROBLEM]: {
              schema: PROBLEM_SCHEMA,
              example: {
                type: "about:blank",
                title: description,
                status,
                detail: description,
                code,
              },
            },
          },
        },
      ];
    }),
  );
}

export const PROBLEM_SCHEMA = z
  .strictObject({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z
      .array(
        z.strictObject({
          at: z.string(),
          expected: z.string(),
          found: z.string(),
        }),
      )
      .optional(),
  })
  .openapi("Problem");
