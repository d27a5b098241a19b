/** The published keys (RFC 7517 section 5), to be cached for a while. */
import type { Context } from "hono";
import type { IssuerContext } from "../issuer-context.ts";

export async function keys(
  http: Context,
  { keys: ring, options }: IssuerContext,
): Promise<Response> {
  const { body, etag } = await ring.publicSet();
  const headers = {
    "cache-control": `public, max-age=${options.keysCacheSeconds}`,
    etag,
  };
  if (http.req.header("if-none-match") === etag)
    return http.body(null, 304, headers);
  return http.body(body, 200, {
    ...headers,
    "content-type": "application/jwk-set+json",
  });
}
