/** What a reader of a handle gets: the refusal, the history and the full diagnosis, as far as it is his to know. */
import type { Diagnosis, HistoryEntry } from "@assay/diagnosis";
import type { RefusalDetail } from "../errors.ts";
import type { JournalWriter } from "../journal/journal-writer.ts";
import {
  historyEntries,
  refreshStory,
  withoutOthers,
} from "../journal/history-entries.ts";
import type { Life } from "../journal/life.ts";
import { lifeState, type LifeState } from "../journal/life-state.ts";
import type { LifeStories } from "../journal/life-story.ts";
import type { Personal } from "../journal/personal-fields.ts";
import type { MasterKey } from "../master-key.ts";
import type { HandleRecord } from "../store/records.ts";
import { diagnoseRefusal } from "./diagnose-refusal.ts";
import { openRefusal, type RefusalRecord } from "./refusal-record.ts";

/** Who reads: an operator, or a client that proved who it is by a secret or a key. */
export type HandleReader =
  { readonly admin: true } | { readonly clientId: string };

export interface OpenedRefusal {
  /** ISO 8601. */
  readonly at: string;
  readonly expiresAt: string;
  readonly endpoint: string;
  readonly code: string;
  readonly description: string;
  readonly clientId: string | null;
  readonly authenticated: boolean;
  readonly reason: RefusalDetail["reason"];
  readonly cause: RefusalDetail["cause"];
  readonly facts: NonNullable<RefusalDetail["facts"]>;
  /** null: not this reader's to know, or none. */
  readonly tokenId: string | null;
  readonly grantId: string | null;
  /** Who sent it, and whose token it was. null: not this reader's to know, or erased. */
  readonly who: Personal | null;
  readonly history: readonly HistoryEntry[];
  readonly diagnosis: Diagnosis;
}

export interface OpenHandleOptions {
  readonly journal: JournalWriter;
  readonly master: MasterKey;
  readonly lives: LifeStories;
  readonly issuer: string;
}

/** Throws UnsealError, and StoreUnavailable. */
export async function openHandle(
  { journal, master, lives, issuer }: OpenHandleOptions,
  record: HandleRecord,
  reader: HandleReader,
): Promise<OpenedRefusal> {
  const refusal = openRefusal(master, record);
  const admin = "admin" in reader;
  const may = mayKnow(refusal, reader);
  const life = may.judge ? await lifeOf(lives, refusal) : null;
  const state = life && stateAt(life, record.at);
  const { entries } = life ? await lives.entriesOf(life) : { entries: [] };
  const past = historyEntries(
    entries.filter(({ at }) => at <= record.at + SAME_MOMENT),
    state?.since ?? null,
  );
  const history = admin ? past : withoutOthers(past);
  const { code, description, endpoint, clientId, authenticated, detail } =
    refusal;
  const diagnosis = await diagnoseRefusal({
    refusal,
    at: record.at,
    issuer,
    history,
    anonymous: !admin,
    life,
    state,
    story: refreshStory(entries, detail.tokenId ?? null),
  });
  return {
    at: new Date(record.at).toISOString(),
    expiresAt: new Date(record.expiresAt).toISOString(),
    endpoint,
    code,
    description,
    clientId,
    authenticated,
    reason: detail.reason,
    cause: detail.cause,
    facts: admin || may.ids ? (detail.facts ?? {}) : {},
    tokenId: may.ids ? (detail.tokenId ?? null) : null,
    grantId: may.ids ? (detail.grantId ?? null) : null,
    who:
      admin && refusal.personal
        ? await journal.personal.open(refusal.personal)
        : null,
    history: may.ids ? history : [],
    diagnosis: admin ? diagnosis : withoutClaims(diagnosis),
  };
}

/** The entries of one request are written within this time, in milliseconds. */
const SAME_MOMENT = 2_000;

/**
 * Threat: a client learns of another's grant by presenting what it found. Where the refusal says that the token is another's, nothing
 * of that token is told. A resource server learns why a token of its own is over, and not the ids and times of the grant behind it.
 */
function mayKnow(
  { detail, endpoint }: RefusalRecord,
  reader: HandleReader,
): { readonly judge: boolean; readonly ids: boolean } {
  if ("admin" in reader) return { judge: true, ids: true };
  const foreign = detail.reason?.startsWith("audience.") ?? false;
  const own =
    !foreign && (detail.clientId ?? reader.clientId) === reader.clientId;
  return { judge: own || (!foreign && endpoint === "introspection"), ids: own };
}

async function lifeOf(
  lives: LifeStories,
  { detail: { tokenId, grantId } }: RefusalRecord,
): Promise<Life | null> {
  const byToken = tokenId === undefined ? null : await lives.find(tokenId);
  return byToken ?? (grantId === undefined ? null : lives.find(grantId));
}

/** The state of that moment: what ended later had not ended it then. */
function stateAt(life: Life, at: number): LifeState {
  const state = lifeState(life, at);
  return state.ending && (state.since ?? 0) > at + SAME_MOMENT
    ? { ...state, outcome: "unknown", ending: null }
    : state;
}

/** Claims name the subject, and a client or resource server that reads its handle has them in its token if it may. */
const withoutClaims = (diagnosis: Diagnosis): Diagnosis => ({
  ...diagnosis,
  token: { header: null, claims: null, trusted: false },
});
