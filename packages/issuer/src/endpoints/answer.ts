/** The one exit of refusals to the wire (RFC 6749 section 5.2; design, principle 6). */
import type { Exchange, Reply } from "../exchange.ts";
import { OAuthError } from "../errors.ts";
import type { IssuerContext } from "../issuer-context.ts";
import type { Who } from "../journal/journal-writer.ts";
import { StoreUnavailable } from "../store/store.ts";
import { errorPage } from "./error-uri.ts";

/** RFC 6749 section 5.1: nothing that holds a token, or says that there is none, may be kept by a cache. */
export const NO_STORE = {
  "cache-control": "no-store",
  pragma: "no-cache",
} as const;

/** Seconds after which a client may try again when the store is away. */
const RETRY_AFTER = "2";

export interface Refused {
  readonly endpoint: string;
  readonly who: Who;
  /** The client that sent the request, as far as it is known, and whether it proved it. */
  readonly client: { readonly id: string; readonly proven: boolean } | null;
}

/** The answer to what an endpoint threw. */
export function answerRefusal(
  http: Exchange,
  context: IssuerContext,
  error: unknown,
  { endpoint, who, client }: Refused,
): Reply {
  if (!(error instanceof OAuthError))
    return answerFailure(http, context, error, endpoint);
  http.refusal = error.code;
  const handle = context.handles.open({
    code: error.code,
    description: error.message,
    detail: error.detail,
    endpoint,
    // Without a proof it is the one that the request named.
    clientId: client?.id ?? error.detail.clientId ?? null,
    authenticated: client?.proven ?? false,
    who,
  });
  return http.json(
    {
      error: error.code,
      error_description: error.message,
      error_uri: errorPage(context.issuer, error),
    },
    error.status,
    { ...NO_STORE, ...error.headers, [HANDLE]: handle },
  );
}

/** The answer to what is no refusal: an outage, or a bug. Threat: an error's text, and what it holds, on the wire or on a stream that nobody watches. */
export function answerFailure(
  http: Exchange,
  { logger }: Pick<IssuerContext, "logger">,
  error: unknown,
  endpoint: string | null = null,
): Reply {
  if (error instanceof StoreUnavailable) {
    // An outage is never an answer about a token (design, principle 3).
    logger.warn({ endpoint, why: error.message }, "the store is away");
    return http.json(
      {
        error: "temporarily_unavailable",
        error_description: "The server cannot answer for a moment. Try again.",
      },
      503,
      { ...NO_STORE, "retry-after": RETRY_AFTER },
    );
  }
  // Neither the URL nor a header: either may hold a token.
  logger.error(
    { err: error, method: http.request.method, endpoint },
    "a request failed",
  );
  return http.json(
    {
      error: "server_error",
      error_description: "The server failed. Its log says more.",
    },
    500,
    NO_STORE,
  );
}

/** Opens the full diagnosis for whoever may read it (diagnosis/handles.ts). */
export const HANDLE = "assay-diagnosis";
