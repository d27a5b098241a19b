/** The live feed of revocations as server-sent events (HTML Standard section 9.2), for verifiers of tokens. */
import type { Exchange, Reply } from "../exchange.ts";
import { nobody, type IssuerContext } from "../issuer-context.ts";
import { grantFeed } from "../revocation/feed-access.ts";
import { answerRefusal, NO_STORE } from "./answer.ts";

/** Seconds after which a reader may try again that found no place. */
const RETRY_AFTER = "5";

export async function revocations(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  const request = http.request;
  try {
    const wanted = http.query("resource");
    const { access, rejudge } = await grantFeed(context, request, wanted);
    const after = numberOf(
      request.headers.get("last-event-id") ?? http.query("after")[0],
    );
    const stream = await context.feed.open(access, after, rejudge);
    if (stream === "full")
      return http.json(
        {
          error: "temporarily_unavailable",
          error_description: "Too many feeds are open. Try again later.",
        },
        429,
        { ...NO_STORE, "retry-after": RETRY_AFTER },
      );
    return new Response(stream, {
      headers: {
        ...NO_STORE,
        "content-type": "text/event-stream",
        // A proxy that collects an answer before it passes it on would hold the events back.
        "x-accel-buffering": "no",
        // Nothing comes after the stream: a server that stops need not wait for more.
        connection: "close",
      },
    });
  } catch (error) {
    return answerRefusal(http, context, error, {
      endpoint: "revocations",
      who: nobody(http.connection, request),
      client: null,
    });
  }
}

/** What is no number is no number of ours: the reader gets a snapshot. */
const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
