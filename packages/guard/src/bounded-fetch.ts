/** Asks one address that the operator, or an issuer of his, has named: within bounds of time and bytes, and without following it elsewhere. */
import { mediaTypeOf, platform, readBytes, withinTime } from "@assay/token";

export interface BoundedRequest {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The part of the standard `fetch` that is used. */
export type GuardFetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly redirect: "manual";
    readonly credentials: "omit";
    readonly cache: "no-store";
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

export interface FetchBounds {
  readonly fetch: GuardFetch;
  /** For the whole of it, in milliseconds. */
  readonly timeout: number;
  readonly maxBytes: number;
  /** So much of the body of another status than 200 is read. Default 0. */
  readonly maxRefusalBytes?: number;
}

export type BoundedAnswer =
  | { readonly text: string; readonly mediaType: string }
  | {
      readonly failure: string;
      /** What was answered, where there was an answer. */
      readonly refusal?: {
        readonly status: number;
        /** Seconds; null: none were named. */
        readonly retryAfter: number | null;
        /** null: not asked for, too long, or no text. */
        readonly text: string | null;
      };
    };

/** Never rejects. Anything but 200 is a failure, a redirect too: it would take a token, or our credentials, elsewhere. */
export async function boundedFetch(
  { url, method = "GET", headers, body }: BoundedRequest,
  { fetch, timeout, maxBytes, maxRefusalBytes = 0 }: FetchBounds,
): Promise<BoundedAnswer> {
  const ask = async (signal: AbortSignal): Promise<BoundedAnswer> => {
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      signal,
    });
    if (response.status === 200) return readText(response, maxBytes);
    return refusalOf(response, maxRefusalBytes);
  };
  try {
    return (
      (await withinTime(timeout, ask)) ?? {
        failure: `no complete answer within ${timeout} ms`,
      }
    );
  } catch {
    return { failure: "no connection" };
  }
}

async function refusalOf(
  response: Response,
  maxBytes: number,
): Promise<BoundedAnswer> {
  const { status, headers, body } = response;
  const bytes = maxBytes > 0 ? await readBytes(body, maxBytes) : null;
  if (!bytes) body?.cancel().catch(() => {});
  const retryAfter = headers.get("retry-after") ?? "";
  return {
    failure: `HTTP status ${status}`,
    refusal: {
      status,
      retryAfter: /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null,
      text: bytes && platform.decodeUtf8(bytes),
    },
  };
}

async function readText(
  response: Response,
  maxBytes: number,
): Promise<BoundedAnswer> {
  const bytes = await readBytes(response.body, maxBytes);
  if (!bytes) return { failure: `an answer of more than ${maxBytes} bytes` };
  const text = platform.decodeUtf8(bytes);
  return text === null
    ? { failure: "an answer that is not UTF-8" }
    : { text, mediaType: mediaTypeOf(response) };
}

/** Throws TypeError for what is not safe, or has credentials in it: the operator cannot have meant it. */
export function checkEndpoint(name: string, url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !isSafe(parsed) || parsed.username !== "")
    throw new TypeError(
      `${name}: expected an https URL without credentials; found ${JSON.stringify(url.slice(0, 200))}`,
    );
}

/** https, or plain http within this machine. */
export const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" ||
  (protocol === "http:" &&
    /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname));
