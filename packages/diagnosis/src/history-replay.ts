import type { ReplayStore } from "@assay/token";
import type { HistoryEntry } from "./inquiry.ts";

/**
 * A memory of used proofs and assertions that knows what the history tells of them: `token.reused` names the jti that came again. null
 * where it tells of none: whether the verifier remembers anything, and so demands a jti of an assertion, is then not known.
 */
export function replayedBy(
  history: readonly HistoryEntry[],
  now: number,
): ReplayStore | null {
  const reused = new Set(
    history
      .filter(
        ({ event, at }) =>
          event === "token.reused" && Date.parse(at) / 1000 <= now,
      )
      .map(({ tokenId }) => tokenId),
  );
  return reused.size === 0
    ? null
    : { remember: (_jkt, jti) => !reused.has(jti) };
}
