/** authorization_code with PKCE (RFC 6749 section 4.1.3, RFC 7636 section 4.6): redeemed once, in one transaction with what it gives. */
import { hash } from "node:crypto";
import type { OAuthError } from "../errors.ts";
import {
  requestedResource,
  requestedScopes,
} from "../resources/requested-resource.ts";
import type { AuthorizationCode } from "../store/records.ts";
import type { CodeOutcome, NewFamily } from "../store/store.ts";
import { prepareAccessToken } from "../tokens/access-token.ts";
import { idToken } from "../tokens/id-token.ts";
import {
  digestOf,
  makeRefreshToken,
  newTokenId,
  readOpaqueToken,
} from "../tokens/opaque-token.ts";
import { senderOf } from "../tokens/refresh-family.ts";
import { requireBinding } from "../tokens/required-binding.ts";
import { codeRefusal } from "./code-refusal.ts";
import { familyPolicy } from "./family-policy.ts";
import { tokenAnswer } from "./token-answer.ts";
import type { TokenAnswer, TokenRequest } from "./token-request.ts";

export async function authorizationCode(
  request: TokenRequest,
): Promise<TokenAnswer> {
  const { context, form, jkt } = request;
  const { store, clock } = context;
  const { client } = request.client;
  const text = form.require("code");
  const reading = readOpaqueToken(text);
  const found =
    reading.form === "ours" && reading.kind === "code"
      ? await store.findCode(digestOf(text))
      : null;
  if (found?.grant.clientId !== client.clientId)
    throw codeRefusal(found ? "wrong_client" : "unknown", client.clientId);
  const { code, grant } = found;
  const resource = await requestedResource(
    store,
    client,
    form,
    code.resources.length > 0 ? code.resources : null,
  );
  const scopes = requestedScopes(client, resource, null, code.scopes);
  requireBinding(client, resource, jkt);
  const now = clock();
  const refresh = wantsRefresh(request, code.scopes)
    ? newFamily(request, now)
    : null;
  const access = await prepareAccessToken(context, {
    client,
    resource,
    scopes,
    subject: grant.subject,
    grant,
    familyId: refresh?.family.familyId ?? null,
    jkt,
    notAfter: refresh?.family.policy.expiresAt,
  });
  const outcome = await store.redeemCode({
    digest: code.digest,
    clientId: client.clientId,
    redirectUri: form.get("redirect_uri"),
    challenge: challengeOf(form.get("code_verifier")),
    jkt,
    now,
    access: access.record,
    refresh: refresh?.family ?? null,
    journal: await context.journal.draft(
      { resource: resource.resource },
      { ...request.who, subject: grant.subject },
    ),
  });
  if (outcome.outcome !== "redeemed") throw refused(outcome, request, code);
  const accessText = await access.finish();
  return tokenAnswer(access, accessText, {
    ...(refresh && { refresh_token: refresh.text }),
    ...(code.scopes.includes("openid") && {
      id_token: await idToken(context, {
        client,
        grant,
        nonce: code.nonce,
        accessToken: accessText,
      }),
    }),
  });
}

const refused = (
  outcome: Exclude<CodeOutcome, { outcome: "redeemed" }>,
  { client, form }: TokenRequest,
  code: AuthorizationCode,
): OAuthError =>
  codeRefusal(
    outcome.outcome,
    client.client.clientId,
    {
      how: howVerifierFails(form.get("code_verifier")),
      ...(outcome.outcome === "wrong_redirect_uri" && {
        others: code.redirectUri,
      }),
      ...(outcome.outcome === "replayed" && {
        event: "code.redeemed",
        firstAt: new Date(outcome.redeemedAt).toISOString(),
      }),
    },
    outcome.outcome === "dead" ? outcome.diedOf : null,
  );

/** A public client without offline_access gets one too: RFC 6749 leaves it to the server, and a page would have to sign in again every few minutes. */
const wantsRefresh = (
  { client: { client } }: TokenRequest,
  scopes: readonly string[],
): boolean =>
  client.grantTypes.includes("refresh_token") &&
  (!scopes.includes("openid") || scopes.includes("offline_access"));

function newFamily(
  { context, client: { client }, jkt, who }: TokenRequest,
  now: number,
): { readonly family: NewFamily; readonly text: string } {
  const { random, marks } = context;
  const familyId = newTokenId(random, now);
  const { text, digest } = makeRefreshToken(random, familyId, 1);
  // RFC 9449 section 5: the refresh token of a public client is bound; a confidential one is bound by its authentication.
  const bound = client.authentication === "none" ? jkt : null;
  return {
    text,
    family: {
      familyId,
      token: { digest, tokenId: newTokenId(random, now) },
      policy: familyPolicy(client, bound, now),
      jkt: bound,
      origin: senderOf({
        clientId: client.clientId,
        jkt,
        network: marks.network(who.ip),
        agent: marks.agent(who.agent),
      }),
    },
  };
}

const howVerifierFails = (verifier: string | null): string =>
  verifier === null
    ? "verifier_missing"
    : challengeOf(verifier) === null
      ? "verifier_form"
      : "other_pair";

/** RFC 7636 section 4.1: 43 to 128 unreserved characters; what is none can match no challenge. */
function challengeOf(verifier: string | null): string | null {
  return verifier !== null && /^[A-Za-z0-9._~-]{43,128}$/.test(verifier)
    ? hash("sha256", verifier, "base64url")
    : null;
}
