/**
 * Who may change which client. Threat: an operator who may only register clients registers one with more rights than he has, or gives
 * himself a secret of one that has them. So whoever changes a client must hold every admin scope that it has, before and after.
 */
import type { Client } from "../clients/client.ts";
import type { Caller } from "./caller.ts";
import { Problem } from "./problem.ts";

/** Throws not_yours. */
export function requireRights(
  { scopes }: Caller,
  ...clients: readonly Pick<Client, "adminScopes">[]
): void {
  const lacking = clients
    .flatMap(({ adminScopes }) => adminScopes)
    .find((scope) => !scopes.has(scope));
  if (lacking !== undefined)
    throw new Problem(
      "not_yours",
      `The client has the admin scope ${lacking}; whoever changes it needs that scope as well.`,
    );
}
