/** Whether a token may be given without a key that it is bound to. */
import type { Client } from "../clients/client.ts";
import { OAuthError } from "../errors.ts";
import type { Resource } from "../resources/resource.ts";

/** Throws invalid_dpop_proof when client or resource demand a binding and no proof came (RFC 9449 section 5.2). */
export function requireBinding(
  client: Client,
  resource: Pick<Resource, "requireDpop">,
  jkt: string | null,
): void {
  if (jkt === null && (client.requireDpop || resource.requireDpop))
    throw new OAuthError(
      "invalid_dpop_proof",
      "A DPoP proof is needed for this token.",
      { reason: "binding.proof_missing", clientId: client.clientId },
    );
}
