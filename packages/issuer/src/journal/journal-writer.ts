/** Makes the journal's entries: what happened, to what, and by whom. The store writes them in the transaction of the state. */
import type { MasterKey } from "../master-key.ts";
import type { EntryDraft, Store } from "../store/store.ts";
import { EntryIds } from "./entry-id.ts";
import type { EventName, JournalEntry, SealedPersonal } from "./events.ts";
import { PersonalFields, type Who } from "./personal-fields.ts";

export type { Who };

/** What an entry is about. Nothing is taken from `Who`: an operator's client is not the client that was disabled. */
export interface About {
  readonly clientId?: string | undefined;
  readonly grantId?: string | undefined;
  readonly tokenId?: string | undefined;
  readonly resource?: string | undefined;
  readonly facts?: JournalEntry["facts"] | undefined;
}

export interface JournalWriterOptions {
  readonly store: Pick<Store, "personalKey" | "writeEntries">;
  readonly master: MasterKey;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

export class JournalWriter {
  readonly #options: JournalWriterOptions;
  readonly #ids: EntryIds;
  /** Opens what stands sealed in an entry. */
  readonly personal: PersonalFields;

  constructor(options: JournalWriterOptions) {
    this.#options = options;
    this.#ids = new EntryIds(options.random);
    this.personal = new PersonalFields(options);
  }

  /** 32 hexadecimal digits, the time in milliseconds first: later entries sort later. */
  newId(at: number = this.#options.clock()): string {
    return this.#ids.next(at);
  }

  /** Throws StoreUnavailable when the key of the person cannot be had. */
  async entry(event: EventName, about: About, who: Who): Promise<JournalEntry> {
    return { event, ...this.#draft(about, await this.personal.seal(who)) };
  }

  /** For verbs that name the event themselves, of one entry or several. */
  async draft(about: About, who: Who): Promise<EntryDraft> {
    return this.#draft(about, await this.personal.seal(who));
  }

  #draft(
    { clientId, grantId, tokenId, resource, facts }: About,
    personal: SealedPersonal | null,
  ): EntryDraft {
    const at = this.#options.clock();
    return {
      id: this.newId(at),
      at,
      clientId,
      grantId,
      tokenId,
      resource,
      ...(facts && { facts }),
      personal,
    };
  }

  /** Entries that belong to no change of state. Resolves when they are on disk. */
  async write(event: EventName, about: About, who: Who): Promise<void> {
    await this.#options.store.writeEntries([
      await this.entry(event, about, who),
    ]);
  }
}
