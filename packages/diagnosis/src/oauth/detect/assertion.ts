import type { Finding } from "@assay/token";
import type { Diagnosis } from "../../diagnosis.ts";
import type { Inquiry, InquiryPolicy } from "../../inquiry.ts";
import { claimsOf } from "../client-authentication.ts";
import { askAbout, type Exchange } from "../exchange.ts";
import { findingIn } from "../finding-in.ts";
import type { OauthFacts } from "../facts.ts";
import { sameOrigin } from "../server-issuer.ts";

type TimeReason =
  | "expiration.expired"
  | "expiration.issued_in_future"
  | "expiration.not_yet_valid"
  | "expiration.lifetime_too_long"
  | "expiration.too_old";
const HOW: Readonly<
  Record<TimeReason, OauthFacts["oauth.assertion_time"]["how"]>
> = {
  "expiration.expired": "expired",
  "expiration.issued_in_future": "future",
  "expiration.not_yet_valid": "future",
  "expiration.lifetime_too_long": "too_long",
  "expiration.too_old": "too_old",
};

/** An assertion as a JWT, with what RFC 7523 section 3 expects of it. `client`: it shows who the client is, else it stands for a grant. */
export async function judgeAssertion(
  exchange: Exchange,
  assertion: string,
  client: boolean,
): Promise<Diagnosis> {
  const { inquiry, answer } = exchange;
  const about =
    answer?.code === "invalid_client" ||
    answer?.code === "invalid_grant" ||
    exchange.endpoint === null;
  const asked: Inquiry = {
    ...askAbout(exchange, assertion, expectations(exchange, assertion, client)),
    ...(about && inquiry.response && { response: inquiry.response }),
  };
  const diagnosis = await exchange.diagnoseToken(asked);
  if (diagnosis.outcome === "accepted") {
    // Whether its jti was seen before, only the server knows.
    exchange.ruledOut.add("oauth.assertion_audience");
    exchange.ruledOut.add("oauth.assertion_time");
    if (client || exchange.authentication.assertion === assertion)
      exchange.ruledOut.add("oauth.client_secret_wrong");
  } else if (diagnosis.outcome === "rejected")
    suspectAssertion(exchange, diagnosis, claimsOf(assertion) ?? {});
  return diagnosis;
}

/** The policy of the inquiry; what it leaves open is what the request itself says about its server. */
function expectations(
  exchange: Exchange,
  assertion: string,
  client: boolean,
): InquiryPolicy {
  // A policy for the client's assertion says nothing about the grant's.
  const other =
    !client &&
    exchange.inquiry.policy?.kind === "client_assertion" &&
    exchange.authentication.assertion !== assertion &&
    exchange.authentication.assertion !== null;
  const given = other ? {} : (exchange.inquiry.policy ?? {});
  const kind = given.kind ?? (client ? "client_assertion" : "any");
  const secret = exchange.client.secret;
  const noKeys =
    !given.keys &&
    given.jwksUri === undefined &&
    given.publicKey === undefined &&
    given.secret === undefined;
  return {
    kind,
    ...(noKeys &&
      client &&
      secret !== undefined &&
      exchange.authentication.methods.includes("client_secret_jwt") && {
        secret,
        algorithms: ["HS256", "HS384", "HS512"],
      }),
    ...(client &&
      exchange.authentication.clientId !== null && {
        issuer: exchange.authentication.clientId,
      }),
    audience: acceptable(exchange, assertion),
    ...given,
  };
}

/** Names that servers accept in aud: issuer, token endpoint, the address called. null: another one stands there that may be the server's, and nobody can tell. */
function acceptable(
  exchange: Exchange,
  assertion: string,
): readonly string[] | null {
  const address = exchange.url.split(/[?#]/, 1)[0] ?? "";
  if (address === "") return null;
  const aud = claimsOf(assertion)?.["aud"];
  const named = (Array.isArray(aud) ? aud : [aud]).filter(
    (each) => typeof each === "string",
  );
  const { issuer, metadata } = exchange.server;
  const published = metadata
    ? [
        metadata["issuer"],
        metadata["token_endpoint"],
        metadata["pushed_authorization_request_endpoint"],
      ]
    : [];
  const ours = [
    ...new Set(
      [address, issuer, ...published].filter(
        (each) => typeof each === "string",
      ),
    ),
  ];
  if (metadata || named.some((each) => ours.includes(each))) return ours;
  // Another name that may well be the server's: what the token says of itself is not checked by itself.
  return named.some(
    (each) => sameOrigin(each, address) || !each.includes("://"),
  )
    ? null
    : ours;
}

function suspectAssertion(
  exchange: Exchange,
  diagnosis: Diagnosis,
  claims: Readonly<Record<string, unknown>>,
): void {
  const found = findingIn(diagnosis);
  if (!found) return;
  const mapped = mapReason(exchange, found, claims);
  diagnosis.causes.forEach(({ cause, confidence, facts }, i) =>
    exchange.suspect(cause, {
      confidence: mapped && confidence === "certain" ? "likely" : confidence,
      facts,
      finding: found,
      weight: 78 - i,
    }),
  );
}

/** The three causes that an assertion has beside those of any token. */
function mapReason(
  exchange: Exchange,
  found: Finding,
  claims: Readonly<Record<string, unknown>>,
): boolean {
  const weight = 90;
  const { iat, exp } = claims;
  if (
    found.reason === "audience.mismatch" ||
    found.reason === "audience.missing"
  ) {
    exchange.suspect("oauth.assertion_audience", {
      // Without a policy the names that the server answers to are only supposed.
      confidence:
        exchange.inquiry.policy?.audience === undefined ? "likely" : "certain",
      facts: {
        by: "comparison",
        expected: found.evidence.expected.slice(0, 4),
        found:
          found.reason === "audience.mismatch"
            ? found.evidence.found.slice(0, 4)
            : [],
      },
      finding: found,
      weight,
    });
    return true;
  }
  if (Object.hasOwn(HOW, found.reason)) {
    exchange.suspect("oauth.assertion_time", {
      confidence: "likely",
      facts: {
        by: "comparison",
        how: HOW[found.reason as TimeReason],
        bySeconds:
          "bySeconds" in found.evidence ? found.evidence.bySeconds : null,
        lifetimeSeconds:
          typeof iat === "number" && typeof exp === "number" ? exp - iat : null,
      },
      finding: found,
      weight,
    });
    return true;
  }
  if (found.reason !== "binding.replayed") return false;
  exchange.suspect("oauth.assertion_replayed", {
    confidence: "likely",
    facts: {
      by: "history",
      ageSeconds: typeof iat === "number" ? exchange.now - iat : null,
    },
    finding: found,
    weight,
  });
  return true;
}
