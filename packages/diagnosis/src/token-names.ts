/** The names under which a history knows a token, its grant, its subject and its client. */
import { PARTY_CLAIMS, type Claims } from "@assay/token";
import type { HistoryEntry } from "./inquiry.ts";

/** The client that the token was issued to, under the names that issuers give it. */
export function clientOf(
  claims: Readonly<Record<string, unknown>>,
): string | null {
  const name = PARTY_CLAIMS.find((claim) => typeof claims[claim] === "string");
  return name ? (claims[name] as string) : null;
}

/** The grant that the token came from: where the history names it beside the token's id, or the token names it itself. */
export function grantOf(
  claims: Claims,
  history: readonly HistoryEntry[],
): string | null {
  const ids = tokenIds(claims);
  const beside = history.find(
    ({ tokenId, grantId }) =>
      tokenId !== undefined && ids.includes(tokenId) && grantId !== undefined,
  )?.grantId;
  return (
    beside ??
    texts(claims, ["sid", "grant_id", "session_state"]).find((id) =>
      history.some(({ grantId }) => grantId === id),
    ) ??
    null
  );
}

/** When the token was issued: as the history has it, else by iat. */
export function issuedAt(
  claims: Claims,
  history: readonly HistoryEntry[],
): number | null {
  const ids = tokenIds(claims);
  const entry = history.find(
    ({ event, tokenId }) =>
      event === "token.issued" &&
      tokenId !== undefined &&
      ids.includes(tokenId),
  );
  return entry ? Date.parse(entry.at) / 1000 : (claims.iat ?? null);
}

/** jti; Entra calls it uti. */
export const tokenIds = (claims: Claims): readonly string[] =>
  texts(claims, ["jti", "uti"]);

/** The names under which issuers may know the subject besides sub. */
export const namesOfSubject = (
  claims: Readonly<Record<string, unknown>>,
): readonly string[] =>
  texts(claims, [
    "sub",
    "oid",
    "uid",
    "user_id",
    "username",
    "cognito:username",
  ]);

const texts = (
  claims: Readonly<Record<string, unknown>>,
  names: readonly string[],
): readonly string[] =>
  names
    .map((name) => claims[name])
    .filter(
      (value): value is string => typeof value === "string" && value !== "",
    );
