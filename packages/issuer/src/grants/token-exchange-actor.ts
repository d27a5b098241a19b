/** Who acts for the subject (RFC 8693 section 4): the client itself, shown by an access token of ours that it got, and nobody else. */
import type { Client } from "../clients/client.ts";
import { jwtRefusal } from "../clients/presented-jwt.ts";
import { malformed, type Parameters } from "../endpoints/form.ts";
import { OAuthError } from "../errors.ts";
import { subjectOf } from "../tokens/subject-of.ts";
import { judgeOwn, type OwnTokens } from "./token-exchange-own.ts";

/** The claim act: the newest actor, and inside it the ones before. */
export interface Act {
  readonly sub: string;
  readonly act?: Act;
}

/** So many actors stand in one token at most: each makes it longer, and nobody reads them. */
const MOST_ACTORS = 4;
const ACCESS_TOKENS: ReadonlySet<string> = new Set([
  "urn:ietf:params:oauth:token-type:access_token",
  "urn:ietf:params:oauth:token-type:jwt",
]);

/** `claims`: of the subject token, verified. Its own act is kept: who acted before must not be forgotten. Throws invalid_request. */
export async function actOf(
  own: OwnTokens,
  client: Client,
  form: Parameters,
  claims: Readonly<Record<string, unknown>>,
): Promise<Act | null> {
  const before = readAct(claims["act"], MOST_ACTORS);
  if (before === "unreadable")
    throw unacceptable("The claim act of the subject token", client);
  const actor = await actorOf(own, client, form);
  mayAct(claims["may_act"], actor ?? client.clientId, client);
  if (actor === null) return before;
  const act = before === null ? { sub: actor } : { sub: actor, act: before };
  if (readAct(act, MOST_ACTORS) === "unreadable")
    throw unacceptable("The number of actors", client);
  return act;
}

async function actorOf(
  own: OwnTokens,
  client: Client,
  form: Parameters,
): Promise<string | null> {
  if (form.get("actor_token") === null) {
    // RFC 8693 section 2.1: the type must not be there without the token.
    if (form.get("actor_token_type") !== null) form.require("actor_token");
    return null;
  }
  const token = form.require("actor_token");
  if (!ACCESS_TOKENS.has(form.require("actor_token_type")))
    throw malformed(
      "This actor_token_type is not supported.",
      "unknown",
      "actor_token_type",
    );
  const judged = await judgeOwn(own, token, null);
  if ("reason" in judged)
    throw jwtRefusal(
      judged,
      { noun: "actor token", code: "invalid_request", isAssertion: false },
      { clientId: client.clientId },
    );
  // Threat: a token that the client has seen, of somebody who never meant to act.
  if (judged.clientId !== client.clientId || judged.claims["act"] !== undefined)
    throw unacceptable("The actor token", client);
  return subjectOf(judged);
}

/** Where the subject token names who may act (RFC 8693 section 4.4), nobody else may. */
function mayAct(claim: unknown, actor: string, client: Client): void {
  if (claim === undefined) return;
  const named = isObject(claim) ? [claim["sub"], claim["client_id"]] : [];
  const right = named.some(
    (name) => name === actor || name === client.clientId,
  );
  if (!right) throw unacceptable("Another actor", client);
}

function readAct(claim: unknown, room: number): Act | null | "unreadable" {
  if (claim === undefined) return null;
  if (room === 0 || !isObject(claim) || typeof claim["sub"] !== "string")
    return "unreadable";
  const before = readAct(claim["act"], room - 1);
  if (before === "unreadable") return before;
  return { ...claim, sub: claim["sub"], ...(before && { act: before }) };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const unacceptable = (what: string, { clientId }: Client): OAuthError =>
  new OAuthError("invalid_request", `${what} is not acceptable.`, {
    cause: "oauth.grant_not_allowed",
    clientId,
    facts: { grant: "token-exchange" },
  });
