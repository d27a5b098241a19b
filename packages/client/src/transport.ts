/** How requests go out, and what it means when none comes back. */
import { TemporarilyUnavailable } from "./errors.ts";

/** The standard `fetch`, so that a caller can bring one of its own. */
export type Fetch = (
  input: string | URL,
  init: RequestInit,
) => Promise<Response>;

/** The platform's own, as it is when it is called. A browser's fetch must not be called as a member of something else. */
export const platformFetch: Fetch = async (input, init) =>
  globalThis.fetch(input, init);

/** With these the request has not got there. */
const NOT_SENT: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The error to throw when there was no whole answer. The platform's sentence may quote the URL: only its code is told. */
export function connectionFault(error: unknown): TemporarilyUnavailable {
  const { name, cause } = error as {
    name?: unknown;
    cause?: { code?: unknown };
  };
  const code = cause?.code;
  const found =
    name === "TimeoutError"
      ? "no whole answer in time"
      : typeof code === "string"
        ? `no connection (${code.slice(0, 64)})`
        : "no connection";
  return new TemporarilyUnavailable(found, {
    isAnswerLost: !NOT_SENT.has(code),
    cause: error,
  });
}

/** Retry-After in seconds (RFC 9110 section 10.2.3); null: none that can be read. `now`: the server's clock, in milliseconds. */
export function retryAfter(headers: Headers, now: number): number | null {
  const text = headers.get("retry-after")?.trim();
  if (text === undefined || text === "") return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date)
    ? null
    : Math.max(0, Math.ceil((date - now) / 1000));
}
