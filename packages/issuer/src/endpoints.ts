/** THE TABLE of endpoints: method, path, who may call it from a page of another origin, and the function that answers. */
import { PATHS } from "./addresses.ts";
import { authorization, signIn } from "./endpoints/authorization.ts";
import { diagnosis } from "./endpoints/diagnosis.ts";
import { guardEvents } from "./endpoints/guard-events.ts";
import { introspection } from "./endpoints/introspection.ts";
import { keys } from "./endpoints/keys.ts";
import { metadata } from "./endpoints/metadata.ts";
import { revocation } from "./endpoints/revocation.ts";
import { revocations } from "./endpoints/revocations.ts";
import { statusList } from "./endpoints/status-list.ts";
import { statusLists } from "./endpoints/status-lists.ts";
import { token } from "./endpoints/token.ts";
import type { Exchange, Reply } from "./exchange.ts";
import type { IssuerContext } from "./issuer-context.ts";

export type Endpoint = (
  http: Exchange,
  context: IssuerContext,
) => Promise<Reply> | Reply;

/** "any": what is public anyway. "client": origins of clients' pages. "none": no page of another origin. */
export type CrossOrigin = "any" | "client" | "none";

export interface EndpointRow {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly crossOrigin: CrossOrigin;
  readonly endpoint: Endpoint;
}

/** Addresses of the metadata start at the host; where the issuer has a path, RFC 8414 section 3.1 puts it behind. */
export const METADATA_PATHS = {
  openid: "/.well-known/openid-configuration",
  oauth: "/.well-known/oauth-authorization-server",
} as const;

export const ENDPOINTS: readonly EndpointRow[] = [
  {
    method: "GET",
    path: PATHS.authorization,
    crossOrigin: "none",
    endpoint: authorization,
  },
  {
    method: "POST",
    path: PATHS.authorization,
    crossOrigin: "none",
    endpoint: signIn,
  },
  {
    method: "GET",
    path: METADATA_PATHS.openid,
    crossOrigin: "any",
    endpoint: metadata,
  },
  {
    method: "GET",
    path: METADATA_PATHS.oauth,
    crossOrigin: "any",
    endpoint: metadata,
  },
  { method: "GET", path: PATHS.keys, crossOrigin: "any", endpoint: keys },
  { method: "POST", path: PATHS.token, crossOrigin: "client", endpoint: token },
  {
    method: "POST",
    path: PATHS.revocation,
    crossOrigin: "client",
    endpoint: revocation,
  },
  {
    method: "POST",
    path: PATHS.introspection,
    crossOrigin: "none",
    endpoint: introspection,
  },
  {
    method: "POST",
    path: PATHS.diagnosis,
    crossOrigin: "none",
    endpoint: diagnosis,
  },
  {
    method: "POST",
    path: PATHS.guardEvents,
    crossOrigin: "none",
    endpoint: guardEvents,
  },
  {
    method: "GET",
    path: PATHS.statusLists,
    crossOrigin: "any",
    endpoint: statusLists,
  },
  {
    method: "GET",
    path: `${PATHS.statusLists}/:list`,
    crossOrigin: "any",
    endpoint: statusList,
  },
  {
    method: "GET",
    path: PATHS.revocations,
    crossOrigin: "none",
    endpoint: revocations,
  },
];
