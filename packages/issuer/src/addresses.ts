/** Where each endpoint is, under the issuer's name. Metadata and routes are made from this list alone. */
export const PATHS = {
  authorization: "/authorize",
  token: "/token",
  introspection: "/introspect",
  revocation: "/revoke",
  keys: "/jwks",
  userinfo: "/userinfo",
  statusLists: "/status-lists",
  revocations: "/revocations",
  diagnosis: "/diagnosis",
  guardEvents: "/guard-events",
  admin: "/admin",
} as const;

export type EndpointName = keyof typeof PATHS;

export const addressOf = (issuer: string, name: EndpointName): string =>
  issuer + PATHS[name];

/** The admin API is a resource like any other: its tokens have this audience. */
export const adminResource = (issuer: string): string =>
  addressOf(issuer, "admin");

export const statusListAddress = (issuer: string, list: string): string =>
  `${addressOf(issuer, "statusLists")}/${list}`;
