/** The one exit of the admin API for what went wrong (RFC 9457), and for a token that does not do (RFC 6750 section 3). */
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { HANDLE, NO_STORE } from "../endpoints/answer.ts";
import { OAuthError } from "../errors.ts";
import { nobody, type IssuerContext } from "../issuer-context.ts";
import { StoreUnavailable } from "../store/store.ts";
import type { AdminEnvironment } from "./environment.ts";
import { Problem, type ProblemCode } from "./problem.ts";

const RETRY_AFTER = "2";

const TITLES: Readonly<Record<ProblemCode, string>> = {
  invalid_input: "The input is not as expected",
  not_yours: "This needs rights that the token does not have",
  not_found: "Not found",
  conflict: "The present state does not allow this",
  changed_meanwhile: "It was changed meanwhile",
  precondition_needed: "The version to change is missing",
  media_type: "The media type is not understood",
  too_large: "The body is too large",
};

interface Body {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: Problem["faults"];
}

export function answerProblem(
  http: Context<AdminEnvironment>,
  error: unknown,
): Response {
  const { context } = http.env;
  if (error instanceof StoreUnavailable) {
    context.logger.warn({ why: error.message }, "the store is away");
    return answer(
      http,
      {
        title: "The server cannot answer for a moment",
        status: 503,
        detail: "Try again. A change may have been made or not: read first.",
        code: "unavailable",
      },
      { "retry-after": RETRY_AFTER },
    );
  }
  if (error instanceof OAuthError) return refusal(http, context, error);
  if (error instanceof Problem)
    return answer(http, {
      title: TITLES[error.code],
      status: error.status,
      detail: error.message,
      code: error.code,
      ...(error.faults.length > 0 && { errors: error.faults }),
    });
  if (error instanceof HTTPException) return answerProblem(http, ofBody(error));
  context.logger.error({ err: error }, "a call of the admin API failed");
  return answer(http, {
    title: "The server failed",
    status: 500,
    detail: "Its log says more.",
    code: "failed",
  });
}

/** What the reader of bodies throws: a media type that is none of ours, or text that is no JSON. */
const ofBody = ({ status }: HTTPException): Problem => {
  if (status === 413)
    return new Problem("too_large", "The body is longer than 256 KiB.");
  return status === 415
    ? new Problem("media_type", "Send the body as application/json.")
    : new Problem("invalid_input", "The body is not JSON.", [
        { at: "", expected: "JSON", found: "text that is none" },
      ]);
};

function refusal(
  http: Context<AdminEnvironment>,
  context: IssuerContext,
  error: OAuthError,
): Response {
  const caller = http.get("caller");
  const handle = context.handles.open({
    code: error.code,
    description: error.message,
    detail: error.detail,
    endpoint: "admin",
    clientId: caller?.clientId ?? null,
    authenticated: caller !== undefined,
    who: nobody(http.env.connection, http.req.raw),
  });
  const scope = error.detail.facts?.["needed"];
  const members = [
    'realm="assay admin"',
    // Without any token the answer holds no code (RFC 6750 section 3.1).
    ...(error.detail.reason === "request.token_missing"
      ? []
      : [`error="${error.code}"`, `error_description="${error.message}"`]),
    ...(typeof scope === "string" ? [`scope="${scope}"`] : []),
  ].join(", ");
  return answer(
    http,
    {
      title: error.status === 403 ? "Forbidden" : "Unauthorized",
      // A proof that is not good is refused as its token is (RFC 9449 section 7.1).
      status: error.status === 403 ? 403 : 401,
      detail: error.message,
      code: error.code,
    },
    {
      ...error.headers,
      "www-authenticate": `Bearer ${members}, DPoP ${members}, algs="ES256 ES384 ES512 PS256 EdDSA"`,
      [HANDLE]: handle,
    },
  );
}

function answer(
  http: Context<AdminEnvironment>,
  body: Omit<Body, "type">,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return http.body(
    JSON.stringify({ type: "about:blank", ...body }),
    body.status as ContentfulStatusCode,
    { ...NO_STORE, ...headers, "content-type": "application/problem+json" },
  );
}
