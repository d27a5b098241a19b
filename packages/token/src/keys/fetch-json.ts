/** Fetches one JSON document from an issuer, within bounds: whoever answers must not cost us time, memory, or a visit elsewhere. */
import { platform } from "#crypto";
import { parseJsonObject, type JsonObject } from "../encoding/json.ts";
import { readBytes } from "../encoding/read-bytes.ts";
import { MAX_DEPTH } from "../policy.ts";
import { refuseUrl } from "./allowed-url.ts";
import { mediaTypeOf, withinTime } from "./bounded-answer.ts";

/** The part of the standard `fetch` that is used, so that a caller can bring its own, with its own rules of where one may go. */
export type Fetch = (
  url: string,
  init: {
    readonly headers: Readonly<Record<string, string>>;
    readonly redirect: "manual";
    readonly credentials: "omit";
    readonly cache: "no-store";
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

export interface FetchLimits {
  readonly fetch: Fetch;
  /** For the whole of it, redirects and body, in milliseconds. */
  readonly timeout: number;
  /** Of the body as it is after decompression. */
  readonly maxBytes: number;
  /** Allow plain http beyond this machine. */
  readonly allowInsecure: boolean;
}

export type Fetched =
  | { readonly document: JsonObject; readonly headers: Headers }
  | { readonly failure: string };

const MAX_REDIRECTS = 2;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** text/plain is what plain file hosts say of any file, and the parser is strict; HTML is an error or login page that says 200. */
const MEDIA_TYPES = new Set([
  "application/json",
  "application/jwk-set+json",
  "text/plain",
]);

/** Never rejects: what went wrong comes back in a few words that quote nothing of the body. */
export async function fetchJson(
  url: string,
  limits: FetchLimits,
): Promise<Fetched> {
  const { timeout } = limits;
  try {
    return (
      (await withinTime(timeout, (signal) => follow(url, limits, signal))) ?? {
        failure: `no complete answer within ${timeout} ms`,
      }
    );
  } catch (error) {
    return { failure: connectionFailure(error) };
  }
}

async function follow(
  first: string,
  limits: FetchLimits,
  signal: AbortSignal,
): Promise<Fetched> {
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const refused = refuseUrl(url, limits.allowInsecure);
    if (refused) return { failure: refused };
    const response = await limits.fetch(url, {
      headers: { accept: "application/json" },
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      signal,
    });
    const isRedirect =
      REDIRECTS.has(response.status) || response.type === "opaqueredirect";
    if (!isRedirect) return readJson(response, limits.maxBytes);
    discard(response);
    const location = response.headers.get("location");
    if (location === null || !URL.canParse(location, url))
      return { failure: "a redirect without a usable target" };
    const target = new URL(location, url);
    // Another origin is not the issuer that was named; an open redirect would make it anybody (RFC 8725 section 3.10).
    if (target.origin !== new URL(first).origin)
      return {
        failure: `a redirect to another origin, ${target.origin.slice(0, 200)}`,
      };
    if (redirects === MAX_REDIRECTS)
      return { failure: `more than ${MAX_REDIRECTS} redirects` };
    url = target.href;
  }
}

async function readJson(
  response: Response,
  maxBytes: number,
): Promise<Fetched> {
  const type = mediaTypeOf(response);
  const refused =
    response.status !== 200
      ? `HTTP status ${response.status}`
      : MEDIA_TYPES.has(type)
        ? null
        : type === ""
          ? "an answer without a content type"
          : `content type ${type.slice(0, 64)}`;
  if (refused !== null) {
    discard(response);
    return { failure: refused };
  }
  const bytes = await readBytes(response.body, maxBytes);
  if (!bytes) return { failure: `an answer of more than ${maxBytes} bytes` };
  const text = platform.decodeUtf8(bytes);
  if (text === null) return { failure: "an answer that is not UTF-8" };
  const parsed = parseJsonObject(text, MAX_DEPTH);
  if ("value" in parsed)
    return { document: parsed.value, headers: response.headers };
  return {
    failure:
      "depth" in parsed
        ? `JSON nested deeper than ${MAX_DEPTH}`
        : `no JSON object: ${parsed.problem}`,
  };
}

/** A body that nobody reads would hold its connection. */
function discard(response: Response): void {
  response.body?.cancel().catch(() => {});
}

/** The platform's code for it, such as ECONNREFUSED, where there is one; its sentence may quote the URL. */
function connectionFailure(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === "string"
    ? `no connection: ${cause.code.slice(0, 64)}`
    : "no connection";
}
