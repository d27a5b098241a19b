/** Who may read the feed: a client with an access token for it, and of its resources those whose tokens it may introspect. */
import type { Incoming } from "../incoming.ts";
import { addressOf } from "../addresses.ts";
import type { Client } from "../clients/client.ts";
import { inactivity } from "../endpoints/inactivity.ts";
import { OAuthError, type RefusalDetail } from "../errors.ts";
import type { IssuerContext } from "../issuer-context.ts";
import type { Resource } from "../resources/resource.ts";
import type { AccessToken } from "../store/records.ts";
import { readProof } from "../tokens/dpop-proof.ts";
import { findPresented } from "../tokens/find-presented.ts";
import type { FeedAccess } from "./feed-reader.ts";

export const FEED_SCOPE = "revocations:read";
/** The feed's tokens live for so long, in seconds; a stream ends with its token. */
const TOKEN_SECONDS = 3600;

/** The feed as a resource like any other. */
export const feedResource = (issuer: string, now: number): Resource => ({
  resource: addressOf(issuer, "revocations"),
  name: "Feed of revocations",
  scopes: [FEED_SCOPE],
  // Opaque: a revocation counts at the next request.
  format: "opaque",
  algorithm: "ES256",
  accessTokenSeconds: TOKEN_SECONDS,
  requireDpop: false,
  claims: {},
  createdAt: now,
});

export interface FeedGrant {
  readonly access: FeedAccess;
  readonly rejudge: () => Promise<FeedAccess | null>;
}

/**
 * `wanted`: resources that the request names; none: all that the client may see. Throws OAuthError: invalid_token, insufficient_scope,
 * invalid_target for a resource that is not the client's.
 */
export async function grantFeed(
  context: IssuerContext,
  request: Incoming,
  wanted: readonly string[],
): Promise<FeedGrant> {
  const token = await presentedToken(context, request);
  const client = await enabledClient(context, token.clientId);
  if (!client)
    throw notValid({
      reason: "revocation.client",
      cause: "revoked.by_administrator",
      clientId: token.clientId,
      tokenId: token.tokenId,
    });
  const access = accessOf(client, wanted);
  if (!access)
    throw new OAuthError(
      "invalid_target",
      "The client may not see the revocations of this resource.",
      { cause: "oauth.resource_unknown", clientId: client.clientId },
    );
  const rejudge = async (): Promise<FeedAccess | null> => {
    const found = await context.store.findAccessToken({
      tokenId: token.tokenId,
    });
    const now = await enabledClient(context, token.clientId);
    const isOver =
      !found || inactivity({ kind: "access", found }, context.clock()) !== null;
    return isOver || !now ? null : accessOf(now, wanted);
  };
  return { access, rejudge };
}

/** RFC 6750 section 2.1 and RFC 9449 section 7.1: in the header alone, and with a proof where the token is bound. */
async function presentedToken(
  context: IssuerContext,
  request: Incoming,
): Promise<AccessToken> {
  const [, scheme = "", text = ""] =
    /^(Bearer|DPoP) +([^ ]+) *$/i.exec(
      request.headers.get("authorization") ?? "",
    ) ?? [];
  if (text === "")
    throw new OAuthError(
      "invalid_token",
      `Send an access token with scope ${FEED_SCOPE} in the header Authorization.`,
      { reason: "request.token_missing" },
      { "www-authenticate": "Bearer" },
    );
  const presented = await findPresented(context, text);
  const over = inactivity(presented, context.clock());
  if (over) throw notValid(over);
  if (presented.kind !== "access")
    throw notValid({ reason: null, cause: "kind.refresh_token" });
  const { token } = presented.found;
  const known = { clientId: token.clientId, tokenId: token.tokenId };
  const address = addressOf(context.issuer, "revocations");
  if (token.resource !== address)
    throw notValid({ reason: "audience.mismatch", cause: null, ...known });
  await checkBinding(context, request, {
    token,
    text,
    address,
    isDpop: scheme.toLowerCase() === "dpop",
  });
  if (!token.scopes.includes(FEED_SCOPE))
    throw new OAuthError(
      "insufficient_scope",
      `The token lacks the scope ${FEED_SCOPE}.`,
      { reason: "scope.insufficient", ...known },
      {
        "www-authenticate": `Bearer error="insufficient_scope", scope="${FEED_SCOPE}"`,
      },
    );
  return token;
}

/** Threat: a bound token that was stolen, sent as a plain one (RFC 9449 section 7.2). */
async function checkBinding(
  context: IssuerContext,
  request: Incoming,
  {
    token: { jkt, clientId, tokenId },
    text,
    address,
    isDpop,
  }: {
    readonly token: AccessToken;
    readonly text: string;
    readonly address: string;
    readonly isDpop: boolean;
  },
): Promise<void> {
  if (jkt === null && !isDpop) return;
  const known = { clientId, tokenId };
  let proven: string | null;
  try {
    proven = await readProof(context, request, address, text);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    // At a resource it is the header that names the error of a proof (RFC 9449 sections 7.1 and 9).
    throw new OAuthError(
      "invalid_token",
      error.message,
      { ...error.detail, ...known },
      { ...error.headers, "www-authenticate": `DPoP error="${error.code}"` },
    );
  }
  if (!isDpop || proven === null || proven !== jkt)
    throw new OAuthError(
      "invalid_token",
      "The token is not valid with this proof of possession.",
      {
        reason:
          proven === null ? "binding.proof_missing" : "binding.key_mismatch",
        ...known,
      },
      { "www-authenticate": 'DPoP error="invalid_token"' },
    );
}

const notValid = (detail: RefusalDetail): OAuthError =>
  new OAuthError("invalid_token", "The token is not valid here.", detail, {
    "www-authenticate": 'Bearer error="invalid_token"',
  });

async function enabledClient(
  { store, clock }: IssuerContext,
  clientId: string,
): Promise<Client | null> {
  const found = await store.findClient(clientId);
  if (!found) return null;
  const { client } = found;
  return client.disabledAt === null || client.disabledAt > clock()
    ? client
    : null;
}

function accessOf(
  { clientId, introspects }: Client,
  wanted: readonly string[],
): FeedAccess | null {
  const resources =
    wanted.length === 0 ? introspects : [...new Set(wanted)].toSorted();
  const isMine = resources.every((resource) => introspects.includes(resource));
  return resources.length > 0 && isMine ? { clientId, resources } : null;
}
