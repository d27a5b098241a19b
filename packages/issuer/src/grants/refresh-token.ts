/** refresh_token (RFC 6749 section 6, RFC 9700 section 4.14): the family decides, in the store's transaction. */
import { decodeUnverified, type Reason } from "@assay/token";
import type { Client } from "../clients/client.ts";
import { OAuthError } from "../errors.ts";
import {
  requestedResource,
  requestedScopes,
} from "../resources/requested-resource.ts";
import type { RefreshTokenName } from "../store/records.ts";
import type { FoundRefreshToken } from "../store/store.ts";
import { prepareAccessToken } from "../tokens/access-token.ts";
import { gaveToken } from "../tokens/refresh-family.ts";
import {
  makeRefreshToken,
  newTokenId,
  readOpaqueToken,
  refreshTokenName,
  type OpaqueReading,
} from "../tokens/opaque-token.ts";
import { requireBinding } from "../tokens/required-binding.ts";
import {
  openSuccessor,
  sealSuccessor,
  successorPlace,
} from "../tokens/successor-seal.ts";
import { returnPolicy } from "./family-policy.ts";
import { refreshRefusal } from "./refresh-refusal.ts";
import { tokenAnswer } from "./token-answer.ts";
import type { TokenAnswer, TokenRequest } from "./token-request.ts";

export async function refreshToken(
  request: TokenRequest,
): Promise<TokenAnswer> {
  const { context, form, jkt } = request;
  const { store, master, random, marks } = context;
  const { client } = request.client;
  const presented = form.require("refresh_token");
  const { token, found } = await find(request, presented, client);
  const { family, grant, generation } = found;
  // Before anything is said that depends on the grant: a stranger learns nothing of it.
  if (family.clientId !== client.clientId)
    throw refreshRefusal(found, {
      kind: "refused",
      why: "wrong_client",
      since: null,
    });
  // The scopes and the resource of the grant, unless fewer are asked for: what was granted never gets lost.
  const resource = await requestedResource(
    store,
    client,
    form,
    grant.resources,
  );
  const scopes = requestedScopes(
    client,
    resource,
    form.words("scope"),
    grant.scopes,
  );
  if (family.jkt === null) requireBinding(client, resource, jkt);
  const access = await prepareAccessToken(context, {
    client,
    resource,
    scopes,
    subject: grant.subject,
    grant,
    familyId: family.familyId,
    jkt,
    notAfter: family.policy.expiresAt,
  });
  const next = makeRefreshToken(random, family.familyId, generation + 1);
  const who = { ...request.who, subject: grant.subject };
  const used = await store.useRefreshToken({
    token,
    presentation: {
      clientId: client.clientId,
      jkt,
      now: access.record.issuedAt,
      network: marks.network(who.ip),
      agent: marks.agent(who.agent),
      scopes: form.words("scope"),
      resource: resource.resource,
    },
    judgedBy: returnPolicy(client, family.jkt ?? jkt),
    next: {
      digest: next.digest,
      tokenId: newTokenId(random, access.record.issuedAt),
    },
    nextSealed: sealSuccessor(
      master,
      presented,
      next.text,
      successorPlace(family.familyId, generation + 1),
      random,
    ),
    access: access.record,
    journal: await context.journal.draft({ resource: resource.resource }, who),
  });
  if (!used || !gaveToken(used.outcome))
    throw refreshRefusal(found, used?.outcome ?? null);
  const text = await access.finish();
  switch (used.outcome.kind) {
    case "rotated":
      return tokenAnswer(access, text, { refresh_token: next.text });
    case "repeated":
      return tokenAnswer(access, text, {
        refresh_token: openSuccessor(
          master,
          presented,
          used.successorSealed ?? "",
          successorPlace(family.familyId, generation + 1),
        ),
      });
    case "renewed":
    case "refused":
    case "reused":
      return tokenAnswer(access, text, { refresh_token: presented });
  }
}

async function find(
  { context }: TokenRequest,
  presented: string,
  { clientId }: Client,
): Promise<{
  readonly token: RefreshTokenName;
  readonly found: FoundRefreshToken;
}> {
  const form = readOpaqueToken(presented);
  if (form.form === "ours" && form.kind === "refresh") {
    const token = refreshTokenName(presented);
    const found = await context.store.findRefreshToken(token);
    if (found) return { token, found };
  }
  throw new OAuthError("invalid_grant", "The refresh token is not valid.", {
    reason: reasonOf(form, presented),
    clientId,
    facts: {
      grant: "refresh_token",
      form: form.form,
      kind: form.form === "foreign" ? null : form.kind,
      expected: "refresh_token",
      found:
        form.form === "ours" && form.kind === "access"
          ? "access_token"
          : "other",
    },
  });
}

/** What is wrong with a text that is no refresh token of ours, by its form. null: nothing is, and it is not known. */
function reasonOf(form: OpaqueReading, text: string): Reason | null {
  if (form.form === "ours")
    return form.kind === "refresh" ? null : "format.type";
  return decodeUnverified(text).claims === null
    ? "format.not_jwt"
    : "format.type";
}
