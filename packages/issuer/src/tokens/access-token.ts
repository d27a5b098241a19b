/** One access token: what it says, how long it lives, and its text (RFC 9068 for a JWT; opaque otherwise). */
import type { Client } from "../clients/client.ts";
import { statusListAddress } from "../addresses.ts";
import { seconds, type IssuerContext } from "../issuer-context.ts";
import type { JournalEntry } from "../journal/events.ts";
import type { Resource } from "../resources/resource.ts";
import type { Grant, NewAccessToken } from "../store/records.ts";
import { claimsFor, hookedClaims, NO_CLAIMS } from "./resource-claims.ts";
import { tokenClaims } from "./token-claims.ts";
import { makeAccessToken, newTokenId } from "./opaque-token.ts";

export interface AccessTokenRequest {
  readonly client: Client;
  readonly resource: Resource;
  readonly scopes: readonly string[];
  /** null: the client acts for itself, and is the subject (RFC 9068 section 2.2). */
  readonly subject: string | null;
  /** What the token ends with; null: nothing but itself, its client and its key. */
  readonly grant:
    | (Pick<Grant, "sessionId" | "authenticatedAt"> & {
        readonly grantId: string | null;
      })
    | null;
  readonly familyId: string | null;
  readonly jkt: string | null;
  /** Who acts for the subject (RFC 8693 section 4.1). */
  readonly act?: Readonly<Record<string, unknown>> | undefined;
  /** The token must not live longer, in milliseconds since the epoch. */
  readonly notAfter?: number | undefined;
}

export interface PreparedAccessToken {
  readonly record: NewAccessToken;
  readonly expiresIn: number;
  /** The token's text. It must not leave before the store has written the record. */
  readonly finish: () => Promise<string>;
}

export async function prepareAccessToken(
  context: IssuerContext,
  request: AccessTokenRequest,
): Promise<PreparedAccessToken> {
  const { clock, random } = context;
  const { client, resource, grant, jkt } = request;
  const issuedAt = clock();
  const lifetime = lifetimeOf(request, issuedAt);
  const tokenId = newTokenId(random, issuedAt);
  const hooked = context.claimsHook
    ? await hookedClaims(context.claimsHook, request)
    : NO_CLAIMS;
  const jwt =
    resource.format === "jwt"
      ? await context.keys.prepare(resource.algorithm, lifetime)
      : null;
  const opaque = jwt ? null : makeAccessToken(random, tokenId);
  const expiresAt = (seconds(issuedAt) + lifetime) * 1000;
  const record: NewAccessToken = {
    tokenId,
    digest: opaque?.digest ?? null,
    clientId: client.clientId,
    subject: request.subject,
    grantId: grant?.grantId ?? null,
    familyId: request.familyId,
    sessionId: grant?.sessionId ?? null,
    resource: resource.resource,
    scopes: request.scopes,
    kid: jwt?.kid ?? null,
    jkt,
    issuedAt,
    expiresAt,
    claims: claimsFor(request, hooked),
    status: await context.places.take(resource.resource, expiresAt),
  };
  return {
    record,
    expiresIn: lifetime,
    finish: async () =>
      jwt
        ? jwt.sign(jwtClaims(context.issuer, record), {
            typ: "at+jwt",
          })
        : (opaque?.text ?? ""),
  };
}

/** Writes the token, and signs it meanwhile. Gives its text when it is on disk. */
export async function issue(
  { store }: Pick<IssuerContext, "store">,
  { record, finish }: PreparedAccessToken,
  entry: JournalEntry,
): Promise<string> {
  const [, text] = await Promise.all([
    store.issueAccessToken(record, entry),
    finish(),
  ]);
  return text;
}

function lifetimeOf(
  { client, resource, notAfter }: AccessTokenRequest,
  now: number,
): number {
  const bounds = [
    resource.accessTokenSeconds,
    client.accessTokenSeconds ?? Number.POSITIVE_INFINITY,
    notAfter === undefined
      ? Number.POSITIVE_INFINITY
      : seconds(notAfter) - seconds(now),
  ];
  return Math.min(...bounds);
}

/** status as draft-ietf-oauth-status-list-21 section 6.1 has it. */
const jwtClaims = (issuer: string, token: NewAccessToken): object => ({
  ...tokenClaims(issuer, token),
  status: {
    status_list: {
      idx: token.status.index,
      uri: statusListAddress(issuer, token.status.list),
    },
  },
});
