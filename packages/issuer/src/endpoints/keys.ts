/** The published keys (RFC 7517 section 5), to be cached for a while. */
import type { Exchange, Reply } from "../exchange.ts";
import type { IssuerContext } from "../issuer-context.ts";
import { GUARD_HEADER, noteSighting } from "../signing-keys/seen-sets.ts";

export async function keys(
  http: Exchange,
  { keys: ring, options, store, clock, logger }: IssuerContext,
): Promise<Reply> {
  const { keys: published, body, etag } = await ring.publicSet();
  const guard = http.request.headers.get(GUARD_HEADER);
  if (guard !== null)
    // Beside the answer: no guard waits for it, and none is refused its keys because of it.
    noteSighting(
      store,
      guard,
      published.flatMap(({ kid }) => (typeof kid === "string" ? [kid] : [])),
      clock(),
    ).catch((error: unknown) =>
      logger.warn({ err: error }, "a guard's fetch of the keys was not noted"),
    );
  const headers = {
    "cache-control": `public, max-age=${options.keysCacheSeconds}`,
    etag,
  };
  if (http.request.headers.get("if-none-match") === etag)
    return http.body(null, 304, headers);
  return http.body(body, 200, {
    ...headers,
    "content-type": "application/jwk-set+json",
  });
}
