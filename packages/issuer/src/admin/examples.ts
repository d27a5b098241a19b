/** Examples for the document. A test reads each by its schema. */
import { CLIENT_DEFAULTS } from "../clients/client-defaults.ts";

export const EXAMPLE_CLIENT = {
  clientId: "orders-web",
  name: "Orders",
  authentication: "client_secret_basic",
  grantTypes: ["client_credentials"],
  redirectUris: [],
  scopes: ["orders:read"],
  resources: ["https://orders.example"],
  ...CLIENT_DEFAULTS,
  createdAt: "2026-11-26T09:00:00.000Z",
  disabledAt: null,
};

export const EXAMPLE_SECRET = {
  secretId: "1FfTqS0cV8ZlYkQe3n7uPa",
  createdAt: "2026-11-26T09:00:00.000Z",
  expiresAt: null,
  lastUsedAt: null,
  live: true,
};

export const EXAMPLE_NEW_SECRET = {
  ...EXAMPLE_SECRET,
  secret: "asy_cs_…",
};

export const EXAMPLE_RESOURCE = {
  resource: "https://orders.example",
  name: "Orders",
  scopes: ["orders:read", "orders:write"],
  format: "jwt",
  algorithm: "ES256",
  accessTokenSeconds: 600,
  requireDpop: false,
  claims: {},
  createdAt: "2026-11-26T09:00:00.000Z",
};
