/** The journal as the history of an inquiry (docs/contract/diagnosis.md, "History events"). */
import type { CauseCode, HistoryEntry } from "@assay/diagnosis";
import {
  HISTORY_EVENTS,
  REFRESH_CAUSES,
  type HistoryEvent,
} from "@assay/diagnosis/refresh";
import type { SealedEntry } from "./events.ts";
import type { Personal } from "./personal-fields.ts";

/** An entry, and what its person's key opened; null: erased, or nobody's. */
export interface OpenedEntry extends SealedEntry {
  readonly opened: Personal | null;
}

/** `endedAt`: when the token or grant ended that the history is told of, in milliseconds; null: it did not. */
export function historyEntries(
  entries: readonly OpenedEntry[],
  endedAt: number | null,
): readonly HistoryEntry[] {
  return entries.flatMap((entry): HistoryEntry[] => {
    const { event, tokenId, grantId, clientId, facts } = entry;
    if (!isOfContract(event) || ofOtherSession(entry, endedAt)) return [];
    const { subject = null, ip = null, by = null } = entry.opened ?? {};
    const part = by ?? facts?.["by"] ?? null;
    return [
      {
        at: new Date(pointOf(entry)).toISOString(),
        event,
        ...(tokenId !== undefined && { tokenId }),
        ...(grantId !== undefined && { grantId }),
        ...(clientId !== undefined && { clientId }),
        ...(subject !== null && { subject }),
        ...(ip !== null && { ip }),
        ...(part !== null && { by: String(part) }),
      },
    ];
  });
}

/** Of a point in time that was set, the point: what was issued between it and the setting is not meant. */
function pointOf({ at, event, facts }: OpenedEntry): number {
  const before = facts?.["before"];
  const point =
    event === "subject.tokens_revoked_before" && typeof before === "string"
      ? Date.parse(before)
      : Number.NaN;
  return Number.isNaN(point) ? at : point;
}

/** So long after its entry a revocation may reach the last token, and before, by clocks that differ: milliseconds. */
const REACHES = { before: 2_000, after: 60_000 };

/** The sign-out of one session does not say which grants were of it: it counts for what ended with it. */
function ofOtherSession(
  { event, facts, at }: OpenedEntry,
  endedAt: number | null,
): boolean {
  return (
    event === "subject.logged_out" &&
    facts?.["of"] === "session" &&
    (endedAt === null ||
      endedAt < at - REACHES.before ||
      endedAt > at + REACHES.after)
  );
}

/** What the server judged when a superseded refresh token came back: it knew more of the sender than the history tells. */
export interface RefreshStoryTold {
  readonly cause: CauseCode;
  readonly facts: NonNullable<SealedEntry["facts"]>;
}

const CAUSES: Readonly<Record<string, CauseCode>> = REFRESH_CAUSES;

/** Of the last time that it came back; null: it never did. */
export function refreshStory(
  entries: readonly SealedEntry[],
  tokenId: string | null,
): RefreshStoryTold | null {
  const last = entries.findLast(
    (entry) => entry.event === "token.reused" && entry.tokenId === tokenId,
  );
  const story = last?.facts?.["story"];
  const cause = typeof story === "string" ? CAUSES[story] : undefined;
  return cause === undefined ? null : { cause, facts: last?.facts ?? {} };
}

/** The word for every subject in a history that a client may read. */
export const SOMEBODY = "the user";

/**
 * The history without other parties: no address, no name of a subject, and of who acted only the part that he plays. Threat: a client that
 * learns by its handles where its users are, and who administers the server.
 */
export function withoutOthers(
  history: readonly HistoryEntry[],
): readonly HistoryEntry[] {
  return history.map(
    ({ at, event, tokenId, grantId, clientId, subject, by }) => ({
      at,
      event,
      ...(tokenId !== undefined && { tokenId }),
      ...(grantId !== undefined && { grantId }),
      ...(clientId !== undefined && { clientId }),
      ...(subject !== undefined && { subject: SOMEBODY }),
      ...(by !== undefined && { by: partOf(by, subject, clientId) }),
    }),
  );
}

const PARTS: ReadonlySet<string> = new Set(["user", "client", "administrator"]);

const partOf = (
  by: string,
  subject: string | undefined,
  clientId: string | undefined,
): string =>
  PARTS.has(by)
    ? by
    : by === subject
      ? "user"
      : by === clientId
        ? "client"
        : "administrator";

const ofContract: ReadonlySet<string> = new Set(HISTORY_EVENTS);

const isOfContract = (event: string): event is HistoryEvent =>
  ofContract.has(event);
