/** THE TABLE of grants: what is sent for a new token, and whether it may be sent twice. */
import { SignInRequired } from "./errors.ts";
import type { Form, Repeatable } from "./token-endpoint.ts";
import type { TokenSet } from "./token-set.ts";

export type Grant =
  /** The client's own rights (RFC 6749 section 4.4). */
  | { readonly type: "client_credentials" }
  /** A refresh token that was got elsewhere; the store's goes before it (RFC 6749 section 6). */
  | { readonly type: "refresh_token"; readonly refreshToken: string }
  /** A person signs in, by a browser here (`beginSignIn`) or elsewhere (`signInByDevice`); after that, by refresh token. */
  | { readonly type: "authorization_code" | "device_code" }
  /** Another token is exchanged (RFC 8693). Called for each new token. */
  | {
      readonly type: "token_exchange";
      readonly subject: () => ExchangedToken | Promise<ExchangedToken>;
      readonly actor?: () => ExchangedToken | Promise<ExchangedToken>;
    }
  /** Another issuer's assertion (RFC 7523 section 2.1). Called for each new token. */
  | {
      readonly type: "jwt_bearer";
      readonly assertion: () => string | Promise<string>;
    };

export interface ExchangedToken {
  readonly token: string;
  /** RFC 8693 section 3. Default: an access token. */
  readonly type?: string;
}

export interface GrantRequest {
  readonly makeForm: () => Form | Promise<Form>;
  readonly repeatable: Repeatable;
  /** True: a refusal of the grant is final until a person signs in. */
  readonly needsPerson: boolean;
}

/** RFC 8693 section 3. */
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

export interface Situation {
  /** What the store has. */
  readonly held: TokenSet | null;
  /** The held refresh token is bound to a key that is not ours (RFC 9449 section 5). */
  readonly isBoundElsewhere: boolean;
  /** Scope and resource. */
  readonly wishes: Form;
}

/** Throws SignInRequired where only a person can go on. */
export function grantRequest(
  grant: Grant,
  { held, isBoundElsewhere, wishes }: Situation,
): GrantRequest {
  switch (grant.type) {
    case "client_credentials":
      return {
        makeForm: () => ({ grant_type: grant.type, ...wishes }),
        repeatable: "freely",
        needsPerson: false,
      };
    case "refresh_token":
    case "authorization_code":
    case "device_code": {
      const refreshToken = held
        ? held.refreshToken
        : grant.type === "refresh_token"
          ? grant.refreshToken
          : null;
      if (refreshToken === null)
        throw new SignInRequired(
          held ? "one without a refresh token" : "no sign-in",
        );
      // Asked with it, the server would see theft, and whoever has the key would be signed out.
      if (isBoundElsewhere)
        throw new SignInRequired("one that is bound to another key");
      return {
        // Without scope: what was granted stays (RFC 6749 section 6).
        makeForm: () => ({
          grant_type: "refresh_token",
          refresh_token: refreshToken,
          ...resourceOf(wishes),
        }),
        repeatable: "once",
        needsPerson: true,
      };
    }
    case "token_exchange":
      return {
        makeForm: async () => {
          const subject = await grant.subject();
          const actor = await grant.actor?.();
          return {
            grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
            subject_token: subject.token,
            subject_token_type: subject.type ?? ACCESS_TOKEN,
            ...(actor && {
              actor_token: actor.token,
              actor_token_type: actor.type ?? ACCESS_TOKEN,
            }),
            ...wishes,
          };
        },
        repeatable: "freely",
        needsPerson: false,
      };
    case "jwt_bearer":
      return {
        // Asked for anew at each try: servers take an assertion once.
        makeForm: async () => ({
          grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
          assertion: await grant.assertion(),
          ...wishes,
        }),
        repeatable: "freely",
        needsPerson: false,
      };
  }
}

const resourceOf = ({ resource }: Form): Form =>
  resource === undefined ? {} : { resource };
