/** What the server says of itself (RFC 8414). */
import {
  misconfigured,
  TemporarilyUnavailable,
  unexpected,
  foreignText,
} from "./errors.ts";
import { readJson } from "./read-json.ts";
import type { ServerClock } from "./server-clock.ts";
import { connectionFault, type Fetch } from "./transport.ts";

export interface ServerMetadata {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly authorizationEndpoint: string | null;
  /** RFC 8628 section 4. */
  readonly deviceAuthorizationEndpoint: string | null;
  readonly revocationEndpoint: string | null;
  /** Whether answers of the authorization endpoint name the issuer (RFC 9207 section 3). */
  readonly namesIssuer: boolean;
}

export interface Discovery {
  readonly fetch: Fetch;
  readonly clock: ServerClock;
  /** For one request, in milliseconds. */
  readonly timeout: number;
}

/** Throws TokenError: `configuration` for a wrong issuer, `unexpected_answer`, or TemporarilyUnavailable. */
export async function discover(
  issuer: string,
  discovery: Discovery,
): Promise<ServerMetadata> {
  checkUrl(issuer, "the issuer");
  let refusal = "";
  for (const url of metadataUrls(issuer)) {
    const sentAt = discovery.clock.local();
    const response = await discovery
      .fetch(url, {
        headers: { accept: "application/json" },
        redirect: "manual",
        credentials: "omit",
        signal: AbortSignal.timeout(discovery.timeout),
      })
      .catch((error: unknown) => {
        throw connectionFault(error);
      });
    discovery.clock.observe(new URL(url).origin, response.headers, sentAt);
    if (response.status >= 500 || response.status === 429)
      throw new TemporarilyUnavailable(`status ${response.status} for ${url}`);
    const document =
      response.status === 200
        ? await readJson(response).catch((error: unknown) => {
            throw connectionFault(error);
          })
        : null;
    if (document) return readMetadata(document, issuer);
    response.body?.cancel().catch(() => {});
    refusal =
      response.status === 200
        ? `no JSON object at ${url}`
        : `status ${response.status} for ${url}`;
  }
  throw unexpected(`metadata of ${issuer}`, refusal);
}

/** RFC 8414 section 3.1 puts its part between host and path; OpenID Connect Discovery appends. */
function metadataUrls(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}

function readMetadata(
  document: Readonly<Record<string, unknown>>,
  issuer: string,
): ServerMetadata {
  // RFC 8414 section 3.3. Threat: mix-up, where a stranger's endpoints get this issuer's codes and secrets.
  if (document["issuer"] !== issuer)
    throw misconfigured(
      `metadata that names the issuer ${issuer}`,
      typeof document["issuer"] === "string"
        ? foreignText(document["issuer"])
        : "none",
    );
  const endpoint = (name: string): string | null => {
    const url = document[name];
    if (url === undefined) return null;
    return checkUrl(typeof url === "string" ? url : "", name);
  };
  const tokenEndpoint = endpoint("token_endpoint");
  if (tokenEndpoint === null)
    throw unexpected("metadata with a token_endpoint", "none");
  return {
    issuer,
    tokenEndpoint,
    authorizationEndpoint: endpoint("authorization_endpoint"),
    deviceAuthorizationEndpoint: endpoint("device_authorization_endpoint"),
    revocationEndpoint: endpoint("revocation_endpoint"),
    namesIssuer:
      document["authorization_response_iss_parameter_supported"] === true,
  };
}

/** https, or http within this machine. Threat: secrets and tokens in the clear. */
export function checkUrl(url: string, name: string): string {
  const fault = !URL.canParse(url)
    ? "something else"
    : new URL(url).username !== "" || new URL(url).password !== ""
      ? "credentials in it"
      : isSafe(new URL(url))
        ? null
        : `${new URL(url).protocol.slice(0, 32)} beyond this machine`;
  if (fault !== null) throw misconfigured(`an https URL for ${name}`, fault);
  return url;
}

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" ||
  (protocol === "http:" &&
    /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname));
