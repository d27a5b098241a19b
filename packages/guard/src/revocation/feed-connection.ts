/** One connection to the feed: from the request to its end. Reads, and decides nothing. */
import { mediaTypeOf } from "@assay/token";
import type { GuardFetch } from "../bounded-fetch.ts";
import { EventStream, type ServerEvent } from "./event-stream.ts";
import { FeedFault } from "./feed-fault.ts";

export interface FeedRequest {
  readonly url: string;
  /** The header Authorization. */
  readonly authorization: string;
  /** The number to resume from. null: everything is wanted. */
  readonly after: number | null;
  /** Whose revocations are wanted. None: all that the client may see. */
  readonly resources: Iterable<string>;
  readonly fetch: GuardFetch;
  /** Ends the connection. */
  readonly signal: AbortSignal;
  /** Bytes came. */
  readonly heard: () => void;
}

/** What the feed tells, as it comes. Throws FeedFault for what is no feed, and whatever the platform says of a broken connection. */
export async function* readFeed({
  url,
  authorization,
  after,
  resources,
  fetch,
  signal,
  heard,
}: FeedRequest): AsyncGenerator<ServerEvent> {
  const address = new URL(url);
  for (const resource of resources)
    address.searchParams.append("resource", resource);
  const response = await orAborted(
    signal,
    fetch(address.href, {
      method: "GET",
      headers: {
        accept: "text/event-stream",
        authorization,
        ...(after !== null && { "last-event-id": String(after) }),
      },
      // Threat: a redirect that takes our token elsewhere.
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      signal,
    }),
  );
  heard();
  const reader = checkedBody(response).getReader();
  const events = new EventStream();
  try {
    for (;;) {
      const { done, value } = await orAborted(signal, reader.read());
      if (done) return;
      heard();
      yield* events.read(value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function checkedBody(response: Response): ReadableStream<Uint8Array> {
  const { status, headers, body } = response;
  if (status === 200 && body && mediaTypeOf(response) === "text/event-stream")
    return body;
  body?.cancel().catch(() => {});
  if (status === 200) throw new FeedFault("an answer that is no event stream");
  const retryAfter = headers.get("retry-after");
  throw new FeedFault(`HTTP status ${status}`, {
    retryAfter:
      retryAfter !== null && /^\d{1,6}$/.test(retryAfter)
        ? Number(retryAfter)
        : null,
    // A resource that was named from what we knew is not ours any more (RFC 8707 section 2).
    startsAnew: status === 400,
    isRefusal: status >= 400 && status < 500 && status !== 429,
  });
}

/** Raced, so that a fetch that does not heed the signal cannot hold us. */
async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    // Who comes second is not waited for.
    work.catch(() => {});
    promise.catch(() => {});
  }
}
