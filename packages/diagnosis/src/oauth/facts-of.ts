/** The facts of a cause that only the server's answer, or custom, tells of. */
import type { CauseCode, Facts } from "../causes.ts";
import { HEARD_FACTS } from "../messages/heard-facts.ts";
import { grantOf, knownScopes, type Exchange } from "./exchange.ts";
import type { Witness } from "./facts.ts";
import { shownGrant, shownScope } from "./known-names.ts";
import { UNKNOWN_RETURN } from "./refresh-causes.ts";
import { shownAddress } from "./shown.ts";

const text = (value: string | null | undefined, most = 200): string | null =>
  value?.slice(0, most) ?? null;

const address = (value: string | null): string | null =>
  value === null ? null : shownAddress(value);

/** null: the cause is none that an answer alone can tell. */
export function factsOf(
  cause: CauseCode,
  exchange: Exchange,
  by: Witness,
): Facts[CauseCode] | null {
  const { parameters, authentication, client } = exchange;
  const make: Partial<{ readonly [C in CauseCode]: () => Facts[C] }> = {
    "oauth.code_reused": () => ({ by, firstUseSecondsAgo: null }),
    "oauth.code_expired": () => ({
      by,
      what: parameters.has("device_code") ? "device_code" : "code",
      ageSeconds: null,
    }),
    "oauth.pkce": () => ({ by, how: "unknown" }),
    "oauth.redirect_uri": () => ({
      by,
      sent: address(parameters.get("redirect_uri")),
      others: [],
      against:
        exchange.endpoint === "token"
          ? "authorization_request"
          : "registration",
      differs: [],
    }),
    "oauth.client_authentication_method": () => ({
      by,
      used: authentication.methods,
      registered:
        client.authenticationMethod === undefined
          ? []
          : [client.authenticationMethod],
    }),
    "oauth.client_secret_encoding": () => ({
      by,
      part: "secret",
      place: authentication.basic ? "header" : "body",
      how: "not_encoded",
      characters: [],
    }),
    "oauth.client_secret_wrong": () => ({
      by,
      how:
        /expired/i.test(exchange.answer?.words ?? "") && by === "answer"
          ? "expired"
          : "other",
      length: null,
      expectedLength: null,
      rotatedAt: null,
    }),
    "oauth.client_unknown": () => ({
      by,
      clientId: text(authentication.clientId),
      registered: text(client.id),
    }),
    "oauth.assertion_audience": () => ({ by, expected: [], found: [] }),
    "oauth.assertion_time": () => ({
      by,
      how: "unknown",
      bySeconds: null,
      lifetimeSeconds: null,
    }),
    "oauth.assertion_replayed": () => ({ by, ageSeconds: null }),
    "oauth.request_format": () => ({
      by,
      how: "unknown",
      parameter: namedParameter(exchange),
    }),
    "oauth.grant_not_allowed": () => ({
      by,
      grant: grantShown(exchange),
      allowed: [],
    }),
    "oauth.scope_invalid": () => ({
      by,
      how: "unknown",
      scopes: (parameters.get("scope") ?? "")
        .split(" ")
        .filter(Boolean)
        .slice(0, 6)
        .map((name) => shownScope(name, knownScopes(exchange))),
    }),
    "oauth.resource_unknown": () => {
      const name =
        (["resource", "audience"] as const).find((each) =>
          parameters.has(each),
        ) ?? null;
      return {
        by,
        resource: name === null ? null : address(parameters.get(name)),
        parameter: name,
      };
    },
    "oauth.refresh_race": () => ({ by, ...UNKNOWN_RETURN }),
    "oauth.refresh_lost_response": () => ({ by, ...UNKNOWN_RETURN }),
    "oauth.refresh_not_stored": () => ({ by, ...UNKNOWN_RETURN }),
    "oauth.refresh_theft": () => ({ by, ...UNKNOWN_RETURN }),
    "oauth.refresh_expired": () => ({
      by,
      ageSeconds: null,
      limitSeconds: null,
    }),
    "oauth.refresh_idle": () => ({ by, idleSeconds: null }),
    "oauth.refresh_other_client": () => ({
      by,
      what:
        parameters.has("code") && !parameters.has("refresh_token")
          ? "code"
          : parameters.has("token")
            ? "token"
            : "refresh_token",
      issuedTo: null,
      sentBy: text(authentication.clientId),
    }),
    "oauth.introspection_wrong_issuer": () => ({
      by,
      tokenIssuer: null,
      asked: exchange.url.split("?", 1)[0]?.slice(0, 300) ?? "",
    }),
  };
  return make[cause]?.() ?? heardFacts(cause);
}

/** A cause of tokens in general: nothing has been seen of it, and the sentences say so. */
const heardFacts = (cause: CauseCode): Facts[CauseCode] | null =>
  Object.hasOwn(HEARD_FACTS, cause)
    ? ({
        ...HEARD_FACTS[cause as keyof typeof HEARD_FACTS],
        heard: null,
      } as never)
    : null;

function grantShown(exchange: Exchange): string | null {
  const grant = grantOf(exchange) ?? exchange.parameters.get("response_type");
  return grant === null
    ? null
    : shownGrant(grant, exchange.client.grantTypes ?? []);
}

/** A parameter that the answer names and the standards know. */
function namedParameter({ answer }: Exchange): string | null {
  return (
    /\b(grant_type|client_id|client_secret|client_assertion_type|client_assertion|code_verifier|code|redirect_uri|refresh_token|scope|username|password|token|response_type|device_code|subject_token_type|subject_token|assertion)\b/.exec(
      (answer?.words ?? "").split("\n").slice(1).join("\n"),
    )?.[1] ?? null
  );
}
