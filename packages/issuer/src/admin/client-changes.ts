/** A client out of what an operator said of it: the rest is the safe usual. */
import { CLIENT_DEFAULTS } from "../clients/client-defaults.ts";
import { isConfidential, type Client } from "../clients/client.ts";
import type { ClientChanges, NewClient } from "./client-schema.ts";
import { onlyGiven } from "./only-given.ts";

/** `now` in milliseconds since the epoch. */
export function newClient(
  { clientId, ...given }: NewClient,
  {
    randomId,
    now,
    admin,
  }: {
    readonly randomId: string;
    readonly now: number;
    /** The admin API's own resource: who has scopes of it has it too. */
    readonly admin: string;
  },
): Client {
  const id = clientId ?? randomId;
  const isPublic = given.authentication === "none";
  const usual: Client = {
    clientId: id,
    name: id.slice(0, 200),
    authentication: given.authentication,
    grantTypes: isPublic
      ? ["authorization_code", "refresh_token"]
      : ["client_credentials"],
    redirectUris: [],
    scopes: given.adminScopes ?? [],
    resources: given.adminScopes?.length ? [admin] : [],
    ...CLIENT_DEFAULTS,
    requireDpop: given.fapi ?? false,
    refresh: {
      ...CLIENT_DEFAULTS.refresh,
      // FAPI 2.0 section 5.3.2.1: confidential, sender-bound clients keep their token.
      rotate: given.fapi !== true,
    },
    createdAt: now,
    disabledAt: null,
  };
  return changedClient(usual, given);
}

/** Members that are not given stay as they are, those of `refresh` too. */
export function changedClient(client: Client, changes: ClientChanges): Client {
  const { refresh, ...others } = onlyGiven(changes);
  return {
    ...client,
    ...others,
    refresh: { ...client.refresh, ...onlyGiven(refresh ?? {}) },
  };
}

export const usesSecrets = (client: Client): boolean =>
  isConfidential(client) && client.authentication !== "private_key_jwt";
