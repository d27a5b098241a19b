/** What the history says of a token that is no JWT, or of an assertion that may be used once: the engine cannot know it. */
import {
  finding,
  type Claims,
  type Examination,
  type Finding,
} from "@assay/token";
import { endingsOf, historyFindings } from "./history.ts";
import type { Inquiry } from "./inquiry.ts";

const seconds = (at: string): number => Date.parse(at) / 1000;

/** An opaque token is named by itself, or by its part before the first dot. */
export function opaqueEndings(
  { context = {} }: Inquiry,
  { token, unverified }: Examination,
  now: number,
): readonly Finding[] {
  const { history = [] } = context;
  if (token === null || unverified !== null || history.length === 0) return [];
  const ids = [token, token.split(".", 1)[0]];
  const born =
    history.find(
      ({ tokenId, event }) =>
        tokenId !== undefined &&
        ids.includes(tokenId) &&
        event === "token.issued",
    ) ??
    history.find(
      ({ tokenId }) => tokenId !== undefined && ids.includes(tokenId),
    );
  if (born?.tokenId === undefined) return [];
  const claims: Claims = {
    jti: born.tokenId,
    ...(born.event === "token.issued" && { iat: seconds(born.at) }),
    ...(born.subject !== undefined && { sub: born.subject }),
    ...(born.clientId !== undefined && { client_id: born.clientId }),
  };
  return historyFindings(endingsOf({ alg: "" }, claims, history, now));
}

/** A client assertion may be used once (RFC 7523 section 3); the history knows that it came before. */
export function assertionReplayed(
  { policy, context = {} }: Inquiry,
  { unverified }: Examination,
  now: number,
): Finding | null {
  const jti = unverified?.claims?.["jti"];
  if (policy?.kind !== "client_assertion" || typeof jti !== "string")
    return null;
  const reused = context.history?.some(
    ({ event, tokenId, at }) =>
      event === "token.reused" && tokenId === jti && seconds(at) <= now,
  );
  return reused ? finding("binding.replayed", { id: jti.slice(0, 64) }) : null;
}
