/** A client as tests want it: ordinary but for what each of them names. */
import type { Client } from "../src/clients/client.ts";

export type GivenClient = Partial<Client> & { readonly clientId: string };

export const REFRESH: Client["refresh"] = {
  rotate: true,
  graceSeconds: 10,
  idleSeconds: 3600,
  absoluteSeconds: 86_400,
  onReuse: "refuse",
  dryRun: null,
};

export const aClient = (given: GivenClient): Client => ({
  name: given.clientId,
  authentication: "client_secret_basic",
  grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
  redirectUris: [],
  scopes: ["read", "write"],
  resources: ["https://api.example"],
  keys: [],
  assertionAlgorithms: [],
  requireDpop: false,
  fapi: false,
  refresh: REFRESH,
  accessTokenSeconds: null,
  origins: [],
  introspects: [],
  adminScopes: [],
  createdAt: 0,
  disabledAt: null,
  ...given,
});
