/** Why no client was found, for the journal: no such id, an assertion that cannot be read, or an id that was not form-encoded. */
import { createVerifier, finding } from "@assay/token";
import type { OAuthError } from "../errors.ts";
import { isClientId } from "./client-id.ts";
import type { AuthenticationContext } from "./authenticate.ts";
import { jwtRefusal } from "./presented-jwt.ts";
import type { Credentials } from "./read-credentials.ts";
import { NOT_AUTHENTICATED, refuseClient } from "./refuse-client.ts";

export async function explainUnknown(
  { store }: AuthenticationContext,
  credentials: Credentials,
): Promise<OAuthError> {
  const basic = credentials.method === "client_secret_basic";
  if (credentials.method === "assertion" && credentials.clientId === null)
    return unreadable(credentials.assertion);
  if ("raw" in credentials && credentials.raw !== null) {
    const whole = wholeId(credentials.raw);
    if (
      whole !== credentials.clientId &&
      isClientId(whole) &&
      (await store.findClient(whole))
    )
      return refuseClient({
        basic,
        clientId: whole,
        cause: "oauth.client_secret_encoding",
        facts: { part: "id", place: "header", how: "not_encoded" },
      });
  }
  return refuseClient({ basic, cause: "oauth.client_unknown" });
}

/** An id that holds a colon of its own: no secret of ours does, so the last one parts them. */
const wholeId = (raw: string): string => raw.slice(0, raw.lastIndexOf(":"));

const FORM_ONLY = createVerifier({
  kind: "client_assertion",
  issuer: null,
  audience: null,
  keys: null,
});

async function unreadable(assertion: string): Promise<OAuthError> {
  const verdict = await FORM_ONLY.verify(assertion);
  return jwtRefusal(
    verdict.outcome === "rejected"
      ? verdict
      : finding("issuer.missing", { expected: [] }),
    {
      noun: "client assertion",
      unproven: NOT_AUTHENTICATED,
      code: "invalid_client",
      isAssertion: true,
    },
  );
}
