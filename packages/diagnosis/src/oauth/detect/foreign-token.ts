import { finding } from "@assay/token";
import { claimsOf, looksLikeJwt } from "../client-authentication.ts";
import { namesOf, type Exchange } from "../exchange.ts";

const PARTIES = ["azp", "client_id", "cid", "appid"];

/** The names under which the history can know a token: its text, its part before the first dot, its jti. */
export function idsOf(token: string): readonly string[] {
  const jti = looksLikeJwt(token) ? claimsOf(token)?.["jti"] : undefined;
  return [...namesOf(token), ...(typeof jti === "string" ? [jti] : [])];
}

/** A token of another client than the one that hands it in, by the history or by its claims (RFC 6749 section 6). True when it is. */
export function detectForeign(exchange: Exchange, token: string): boolean {
  const names = idsOf(token);
  const claims = looksLikeJwt(token) ? claimsOf(token) : null;
  const sentBy = exchange.authentication.clientId;
  const ofHistory = exchange.history.find(
    ({ event, tokenId, clientId }) =>
      event !== "token.reused" &&
      clientId !== undefined &&
      tokenId !== undefined &&
      names.includes(tokenId),
  )?.clientId;
  const named = PARTIES.map((name) => claims?.[name]).find(
    (value): value is string => typeof value === "string",
  );
  const issuedTo = ofHistory ?? named;
  if (issuedTo === undefined || sentBy === null) return false;
  if (issuedTo === sentBy) {
    exchange.ruledOut.add("oauth.refresh_other_client");
    return false;
  }
  exchange.suspect("oauth.refresh_other_client", {
    confidence: "certain",
    facts: {
      by: "comparison",
      // RFC 7009: any kind of token is handed in there.
      what: exchange.endpoint === "revocation" ? "token" : "refresh_token",
      issuedTo: issuedTo.slice(0, 200),
      sentBy: sentBy.slice(0, 200),
    },
    finding: finding("audience.party_mismatch", {
      expected: [sentBy],
      found: issuedTo,
      claim: "client_id",
    }),
    weight: 85,
  });
  return true;
}

/** RFC 7009 section 2.1: a token can be revoked by the client that it was issued to. */
export function detectForeignRevocation(exchange: Exchange): void {
  const token = exchange.parameters.get("token");
  if (
    exchange.endpoint === "revocation" &&
    token !== null &&
    exchange.answer !== null &&
    !exchange.answer.granted &&
    exchange.answer.status >= 400
  )
    detectForeign(exchange, token);
}
