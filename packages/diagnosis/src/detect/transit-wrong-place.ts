/** A token that is in the request, but not where the API looks: under another header name, in the query, a cookie or the body. */
import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { tokenMember } from "./damage-json-member.ts";
import { wholeToken } from "./damage-whole.ts";

interface Seen {
  readonly place: string;
  readonly value: string;
  /** The place is made for tokens, so that one without the form of a JWT counts too. */
  readonly named: boolean;
}

/** Headers in which tokens travel, besides Authorization. */
const NAMED =
  /^(x-)?(access|auth|api|id|jwt|user|session|client|bearer)?-?_?(token|jwt|bearer|authentication|authorization)$|^(x-(forwarded|original|amzn|goog|jwt|ms|auth|access)-?.*(token|authorization|jwt|assertion|oidc-.*)|authorizationjwt|authorisation|autorization|authorizaton|auth|authorize|http_authorization|proxy-authorization|redirect_http_authorization|access_token)$/i;
/** Of these the value belongs to something else. */
const OTHERS =
  /csrf|xsrf|dpop$|idempotency|x-amz-security-token|traceparent|^cookie$|^authorization$|device|captcha|if-match|sec-websocket-key/i;
const PARAMETERS =
  /^(access_?token|id_?token|token|jwt|auth_?token|auth|authorization|bearer|bearer_?token|api_?token)$/i;
/** Requests to these endpoints carry tokens as their subject, in the body, by the standards. */
const TOKEN_ENDPOINTS =
  /\/(token|introspect|introspection|revoke|revocation|par|logout|end_?session)\/?(\?|#|$)/i;

export async function detectWrongPlace(i: Investigation): Promise<void> {
  const { request } = i.inquiry;
  const missing = i.found("request.token_missing") !== null;
  const unsupported = i.found("request.scheme_unsupported");
  const repeated = i.found("request.token_repeated");
  if (!request) return;
  if (
    repeated &&
    repeated.places.some((place) => place.includes("parameter"))
  ) {
    const place = repeated.places.find((each) =>
      each.includes("parameter"),
    ) as string;
    i.suspect("transit.wrong_place", {
      confidence: "likely",
      facts: { place: `the ${place}` },
      explains: ["request.token_repeated"],
      weight: 50,
    });
  }
  // A token in the header under a wrong scheme is a matter of the scheme.
  if (!missing && !(unsupported && !i.token?.claims)) return;
  const seen = best(placesOf(request));
  if (!seen) return;
  const shown =
    (await i.verifies(seen.value)) === true ||
    (i.context.clientToken !== undefined &&
      seen.value === i.context.clientToken);
  const confidence = shown
    ? "certain"
    : wholeToken(seen.value)
      ? "likely"
      : "possible";
  const explains = missing
    ? (["request.token_missing"] as const)
    : (["request.scheme_unsupported"] as const);
  // With two credentials in the request, somebody took the header for the other one; a gateway that does so keeps the first aside.
  const aside = /^the header x-(forwarded|original|envoy|ms|amzn|goog)-/i.test(
    seen.place,
  );
  const taken = unsupported && (i.context.clientToken !== undefined || aside);
  const weight = taken ? 35 : confidence === "possible" ? 20 : 50;
  i.suspect("transit.wrong_place", {
    confidence:
      (unsupported || aside) && confidence === "certain"
        ? "likely"
        : confidence,
    facts: { place: seen.place },
    explains,
    weight,
  });
}

function placesOf(request: {
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}): readonly Seen[] {
  const found: Seen[] = [];
  const add = (place: string, value: string, named: boolean): number =>
    found.push({ place, value: bare(value), named });
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (OTHERS.test(name) || name.length > 64) continue;
    for (const each of [value].flat())
      add(`the header ${name}`, each, NAMED.test(name));
  }
  for (const cookie of headerValues(request, "cookie")) {
    for (const pair of cookie.split(";").slice(0, 50))
      add(
        `the cookie ${pair.split("=", 1)[0]?.trim().slice(0, 40) ?? ""}`,
        decode(pair.slice(pair.indexOf("=") + 1)),
        false,
      );
  }
  const url = request.url ?? "";
  const query = new URLSearchParams(
    url.replace(/^[^?#]*\??/, "").replace("#", "&"),
  );
  for (const [name, value] of query)
    add(
      `the query parameter ${name.slice(0, 40)}`,
      value,
      PARAMETERS.test(name),
    );
  if (!TOKEN_ENDPOINTS.test(url))
    for (const [name, value] of bodyMembers(request.body ?? ""))
      add(
        `the member ${name.slice(0, 40)} of the body`,
        value,
        PARAMETERS.test(name),
      );
  return found;
}

/** The first that has the form of a JWT, else the first in a place that is made for tokens. */
function best(places: readonly Seen[]): Seen | null {
  const whole = places.filter(({ value }) => wholeToken(value));
  return (
    whole.find(({ named }) => named) ??
    whole[0] ??
    places.find(({ named, value }) => named && value.length >= 16) ??
    null
  );
}

function bodyMembers(body: string): readonly (readonly [string, string])[] {
  if (body.length > 65_536) return [];
  const member = tokenMember(body);
  if (member) return [[member.name, member.value]];
  return /^[\w.%-]+=/.test(body) ? [...new URLSearchParams(body)] : [];
}

/** The value without a scheme, or without what a subprotocol list of a WebSocket has around it. */
const bare = (value: string): string => {
  const trimmed = value
    .trim()
    .replace(/^(bearer|token|jwt|dpop)[\s:,]+/i, "")
    .replace(/^"|"$/g, "");
  return (
    trimmed.split(/,\s*/).find((part) => part.startsWith("eyJ")) ?? trimmed
  );
};

function decode(value: string): string {
  try {
    return decodeURIComponent(value.trim());
  } catch {
    return value.trim();
  }
}
