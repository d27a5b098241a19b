/** The judged request, on its way through the sign-in form. Threat: a form that was changed, or made by somebody else, or kept for later. */
import type { IssuerContext } from "../issuer-context.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";

const PURPOSE = "authorization-request";
/** How long a person may take to sign in, in milliseconds. */
const LONGEST = 15 * 60_000;

interface Kept {
  readonly request: AuthorizationRequest;
  readonly until: number;
}

export function sealRequest(
  { master, clock }: IssuerContext,
  request: AuthorizationRequest,
): string {
  const kept: Kept = { request, until: clock() + LONGEST };
  return master.seal(PURPOSE, Buffer.from(JSON.stringify(kept)), "");
}

/** null: it is not ours, or too old. */
export function openRequest(
  { master, clock }: IssuerContext,
  sealed: string,
): AuthorizationRequest | null {
  try {
    const text = Buffer.from(master.unseal(PURPOSE, sealed, "")).toString();
    const { request, until } = JSON.parse(text) as Kept;
    return clock() < until ? request : null;
  } catch {
    return null;
  }
}
