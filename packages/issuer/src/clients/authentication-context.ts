/** What client authentication needs, from what the issuer has. */
import { addressOf } from "../addresses.ts";
import type { IssuerContext } from "../issuer-context.ts";
import type { AuthenticationContext } from "./authenticate.ts";

const made = new WeakMap<IssuerContext, AuthenticationContext>();

export function authenticationContext(
  context: IssuerContext,
): AuthenticationContext {
  let own = made.get(context);
  if (!own) {
    const { issuer, store, clock, master, secretUse, options } = context;
    own = {
      issuer,
      tokenEndpoint: addressOf(issuer, "token"),
      store,
      clock,
      master,
      secretUse,
      longestAssertionSeconds: options.longestAssertionSeconds,
    };
    made.set(context, own);
  }
  return own;
}
