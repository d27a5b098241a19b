import { platform } from "@assay/token";
import type { AuthorizationSeen } from "../authorization-request.ts";
import { isCodeGrant, type Exchange } from "../exchange.ts";
import { isRedacted } from "../form-decoding.ts";
import type { OauthFacts } from "../facts.ts";

type How = OauthFacts["oauth.pkce"]["how"];

/** RFC 7636 section 4.1. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
/** What one SHA-256 of a short text costs. */
const COST = 1;

/** code_verifier against the code_challenge of the authorization request (RFC 7636 section 4.6). */
export async function detectPkce(exchange: Exchange): Promise<void> {
  if (!isCodeGrant(exchange)) return;
  const verifier = exchange.parameters.get("code_verifier");
  if (verifier !== null && isRedacted(verifier)) return;
  const { own, others } = exchange.authorizations;
  const how = own
    ? await compare(exchange, verifier, own)
    : await withoutOwn(exchange, verifier, others);
  if (how === null) return;
  exchange.suspect("oauth.pkce", {
    confidence: how.sure ? "certain" : how.weak ? "possible" : "likely",
    facts: { by: how.sure ? "comparison" : "request", how: how.how },
    weight: how.sure ? 70 : how.weak ? 11 : 45,
  });
}

type Found = {
  readonly how: How;
  readonly sure: boolean;
  /** Nothing says that this client has to prove anything. */
  readonly weak?: boolean;
} | null;

async function compare(
  exchange: Exchange,
  verifier: string | null,
  { parameters }: AuthorizationSeen,
): Promise<Found> {
  const challenge = parameters.get("code_challenge")?.[0] ?? "";
  const method = parameters.get("code_challenge_method")?.[0];
  const given = verifier ?? "";
  if (challenge === "") {
    if (
      given !== "" &&
      !parameters.has("request_uri") &&
      !parameters.has("request")
    )
      return { how: "challenge_missing", sure: true };
    // Nobody asked for a proof here: whether the server demands one is not known.
    if (given === "") return missing(exchange, verifier);
    return null;
  }
  if (given === "") return { how: "verifier_missing", sure: true };
  if (!exchange.budget.take(COST)) return null;
  const hash = await platform.digest("sha256", given);
  const right = platform.encodeBase64url(hash);
  if (method === undefined || method.toLowerCase() === "plain") {
    if (challenge === given) return fits(exchange, given);
    if (challenge !== right) return { how: "other_pair", sure: true };
    return {
      how: method === undefined ? "method_missing" : "method_says_plain",
      sure: true,
    };
  }
  if (challenge === right) return fits(exchange, given);
  if (challenge === given) return { how: "method_plain", sure: true };
  if (writings(hash, right).includes(challenge))
    return { how: "challenge_encoding", sure: true };
  return {
    how: VERIFIER.test(given) ? "other_pair" : "verifier_form",
    sure: true,
  };
}

/** The pair is right; only its form can still be refused. */
function fits(exchange: Exchange, verifier: string): Found {
  if (!VERIFIER.test(verifier)) return { how: "verifier_form", sure: true };
  exchange.ruledOut.add("oauth.pkce");
  return null;
}

/** Other writings of the same hash than base64url without padding: hex, base64, padded, and the base64 of the hex. */
function writings(hash: Uint8Array, right: string): readonly string[] {
  const hex = Array.from(hash, (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  const plain = right.replaceAll("-", "+").replaceAll("_", "/");
  const ofHex = platform.encodeBase64url(new TextEncoder().encode(hex));
  return [
    hex,
    hex.toUpperCase(),
    `${right}=`,
    plain,
    `${plain}=`,
    ofHex,
    `${ofHex}=`,
    `${ofHex}==`,
    plain.replaceAll("+", " "),
  ];
}

/** The sign-in of this code is not known; the others can show that the verifier belongs to one of them, or the request itself its form. */
async function withoutOwn(
  exchange: Exchange,
  verifier: string | null,
  others: readonly AuthorizationSeen[],
): Promise<Found> {
  if (verifier === null || verifier === "") return missing(exchange, verifier);
  if (!VERIFIER.test(verifier)) return { how: "verifier_form", sure: false };
  const challenges = others.flatMap(
    ({ parameters }) => parameters.get("code_challenge") ?? [],
  );
  if (challenges.length === 0 || !exchange.budget.take(COST)) return null;
  const right = platform.encodeBase64url(
    await platform.digest("sha256", verifier),
  );
  return challenges.includes(right) || challenges.includes(verifier)
    ? null
    : { how: "other_pair", sure: false };
}

/** A public client has no other proof; and who sends an empty verifier had one in mind. */
function missing(exchange: Exchange, verifier: string | null): Found {
  const { client, authentication, parameters } = exchange;
  const meant = verifier !== null || parameters.get("grant_type") === "pkce";
  if (meant || client.authenticationMethod === "none")
    return { how: "verifier_missing", sure: false };
  return authentication.methods[0] === "none"
    ? { how: "verifier_missing", sure: false, weak: true }
    : null;
}
