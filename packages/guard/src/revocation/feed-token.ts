/** The access token with which a guard reads the feed: its own, by its client credentials (RFC 6749 section 4.4, RFC 8707). */
import { basicAuthorization } from "../basic-authorization.ts";
import { boundedFetch, type FetchBounds } from "../bounded-fetch.ts";
import { FeedFault } from "./feed-fault.ts";

export interface FeedClient {
  readonly tokenEndpoint: string;
  /** The feed's name at the issuer, by whatever address it is reached. */
  readonly resource: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const SCOPE = "revocations:read";
/** RFC 6750 section 2.1. Threat: a token with a line break in it, which would be a header of its own. */
const TOKEN = /^[A-Za-z0-9._~+/-]{1,8192}=*$/;

/** The header Authorization for one connection. Throws FeedFault. */
export async function feedAuthorization(
  { tokenEndpoint, resource, clientId, clientSecret }: FeedClient,
  bounds: FetchBounds,
): Promise<string> {
  const answer = await boundedFetch(
    {
      url: tokenEndpoint,
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/x-www-form-urlencoded",
        authorization: basicAuthorization(clientId, clientSecret),
      },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        scope: SCOPE,
        resource,
      }).toString(),
    },
    bounds,
  );
  if ("failure" in answer) {
    const isRefusal = answer.failure.startsWith("HTTP status 4");
    const needed = `; the client needs the grant client_credentials, the resource ${resource} and the scope ${SCOPE}`;
    throw new FeedFault(
      `no token for the feed: ${answer.failure}${isRefusal ? needed : ""}`,
      { isRefusal },
    );
  }
  const token = tokenIn(answer.text);
  if (token === null)
    throw new FeedFault("no token for the feed: an answer without one");
  return `Bearer ${token}`;
}

function tokenIn(text: string): string | null {
  try {
    const token = (JSON.parse(text) as Record<string, unknown> | null)?.[
      "access_token"
    ];
    return typeof token === "string" && TOKEN.test(token) ? token : null;
  } catch {
    return null;
  }
}
