/**
 * The life story of one token: what it is, what happened to it in order, and why it is no longer good. From its text or from an id. What
 * `assay explain TOKEN|ID` prints, and what the diagnosis behind a handle is made from.
 */
import type { Diagnosis, HistoryEntry } from "@assay/diagnosis";
import { diagnoseLife } from "../diagnosis/diagnose-life.ts";
import {
  historyEntries,
  refreshStory,
  withoutOthers,
  type OpenedEntry,
} from "./history-entries.ts";
import { LifeFinder, type Life, type LifeStore } from "./life.ts";
import { lifeEntries } from "./life-entries.ts";
import { lifeState, type LifeState } from "./life-state.ts";
import type { Personal, PersonalFields } from "./personal-fields.ts";

export interface LifeStoryOptions {
  readonly store: LifeStore;
  readonly personal: PersonalFields;
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** One line of the story. */
export interface StoryLine {
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly event: string;
  readonly sentence: string;
  readonly tokenId: string | null;
  readonly grantId: string | null;
  readonly clientId: string | null;
  readonly facts: OpenedEntry["facts"] | null;
  /** null: the person was erased. */
  readonly who: Personal | null;
}

export interface LifeStory {
  readonly kind: Life["kind"];
  readonly tokenId: string | null;
  readonly grantId: string | null;
  readonly clientId: string | null;
  readonly subject: string | null;
  readonly resource: string | null;
  readonly scopes: readonly string[] | null;
  /** ISO 8601. */
  readonly issuedAt: string | null;
  readonly expiresAt: string | null;
  readonly state: LifeState;
  readonly lines: readonly StoryLine[];
  /** False: lines between the first and the newest were left out. */
  readonly complete: boolean;
  /** The same as the history of an inquiry. */
  readonly history: readonly HistoryEntry[];
  /** Why it is over; null: it is not, or it is none that can be judged. */
  readonly diagnosis: Diagnosis | null;
}

export class LifeStories {
  readonly #options: LifeStoryOptions;
  readonly #finder: LifeFinder;

  constructor(options: LifeStoryOptions) {
    this.#options = options;
    const { store, issuer, clock } = options;
    this.#finder = new LifeFinder(store, issuer, clock);
  }

  /**
   * From a JWT, an opaque token, a refresh token, a code, or an id; null: nothing here is of that name. `anonymous`: without subject,
   * address and agent, and of who acted only the part. Throws StoreUnavailable.
   */
  async tell(
    text: string,
    { anonymous = false }: { readonly anonymous?: boolean } = {},
  ): Promise<LifeStory | null> {
    const life = await this.#finder.find(text);
    if (!life) return null;
    const { issuer, clock } = this.#options;
    // Words are loaded when they are wanted.
    const { sayEntry } = await import("./say-entry.ts");
    const now = clock();
    const { entries, complete } = await this.entriesOf(life);
    const state = lifeState(life, now);
    const told = historyEntries(entries, state.since);
    const history = anonymous ? withoutOthers(told) : told;
    const diagnosis = await diagnoseLife({
      life,
      state,
      history,
      issuer,
      now,
      story: refreshStory(entries, life.tokenId),
      anonymous,
    });
    // The row may only know that its grant ended; the journal knows with what.
    const known = { ...state, reason: diagnosis?.reason ?? state.reason };
    return {
      ...factsOf(life),
      ...(anonymous && { subject: null }),
      state: anonymous ? { ...known, ending: withoutSubject(state) } : known,
      lines: entries.map((entry) =>
        lineOf(
          anonymous ? { ...entry, opened: null } : entry,
          sayEntry(
            entry,
            entry.tokenId !== undefined &&
              [life.tokenId, life.fingerprint].includes(entry.tokenId),
          ),
        ),
      ),
      complete,
      history,
      diagnosis,
    };
  }

  /** By an id that is no secret. */
  async find(id: string): Promise<Life | null> {
    return this.#finder.byId(id);
  }

  /** What the journal has of it, opened as far as the persons' keys are still there. */
  async entriesOf(life: Life): Promise<{
    readonly entries: readonly OpenedEntry[];
    readonly complete: boolean;
  }> {
    const { store, personal } = this.#options;
    const { entries, complete } = await lifeEntries(store, personal, life);
    const opened: OpenedEntry[] = [];
    for (const entry of entries)
      opened.push({
        ...entry,
        opened: entry.personal ? await personal.open(entry.personal) : null,
      });
    return { entries: opened, complete };
  }
}

const withoutSubject = ({ ending }: LifeState): LifeState["ending"] =>
  ending && (withoutOthers([ending])[0] ?? null);

function lineOf(entry: OpenedEntry, sentence: string): StoryLine {
  const { sequence, at, event, tokenId, grantId, clientId, facts } = entry;
  return {
    sequence,
    at: new Date(at).toISOString(),
    event,
    sentence,
    tokenId: tokenId ?? null,
    grantId: grantId ?? null,
    clientId: clientId ?? null,
    facts: facts ?? null,
    who: entry.opened,
  };
}

const isoOf = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString();

function factsOf(
  life: Life,
): Pick<
  LifeStory,
  | "kind"
  | "tokenId"
  | "grantId"
  | "clientId"
  | "subject"
  | "resource"
  | "scopes"
  | "issuedAt"
  | "expiresAt"
> {
  const { kind, tokenId, grantId, clientId, subject } = life;
  const { access, refresh, code, grant, key, client } = life;
  const token = access?.token;
  const born = refresh?.family.generations.find(
    (one) => one.generation === refresh.generation,
  );
  return {
    kind,
    tokenId,
    grantId,
    clientId,
    subject,
    resource: token?.resource ?? null,
    scopes: token?.scopes ?? code?.scopes ?? grant?.scopes ?? null,
    issuedAt: isoOf(
      token?.issuedAt ??
        born?.issuedAt ??
        code?.issuedAt ??
        grant?.createdAt ??
        key?.createdAt ??
        client?.createdAt,
    ),
    expiresAt: isoOf(
      token?.expiresAt ?? refresh?.family.policy.expiresAt ?? code?.expiresAt,
    ),
  };
}
