/**
 * Places in status lists. Each token gets one at random (draft-ietf-oauth-status-list-21 section 13.2: an index must not tell when a token was
 * issued, or to whom), and no place is ever given twice, so that a guard's older copy of a list cannot refuse a good token.
 *
 * A list belongs to the process that opened it, and to this life of it: what is taken stands in memory, one bit for each place, and the store
 * keeps no index of places at random (docs/decisions/0026). Whoever starts again, from a backup or not, opens other lists.
 */
import { forgetOldest } from "../forget-oldest.ts";
import type { StatusPlace } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { newListName } from "../tokens/opaque-token.ts";

/** Places in one list. */
export const STATUS_LIST_SIZE: number = 2 ** 20;
/** A list takes new tokens for so long, in milliseconds. */
export const STATUS_LIST_OPEN: number = 24 * 3600 * 1000;
/** So many random places are tried. When all are taken the list is full enough, and a new one is opened. */
export const STATUS_PLACE_TRIES = 4;
/** Lists that are open at once: each grows to 128 KiB with its tokens. Of one that is forgotten no further place is given. */
const MOST_OPEN = 1000;

export interface StatusPlacesOptions {
  readonly store: Pick<Store, "openStatusList">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

interface OpenList {
  readonly list: string;
  readonly openedAt: number;
  /** No token of the list lives longer. */
  readonly expiresAt: number;
  readonly taken: Uint8Array;
}

export class StatusPlaces {
  readonly #options: StatusPlacesOptions;
  /** By resource; the one that was used last stands last. */
  readonly #open = new Map<string, OpenList>();
  readonly #opening = new Map<string, Promise<void>>();

  constructor(options: StatusPlacesOptions) {
    this.#options = options;
  }

  /**
   * A place for a token of this resource that lives until then, in milliseconds since the epoch. One whose token is never issued stays unused:
   * it is a bit. Throws StoreUnavailable where a list must be opened and cannot be.
   */
  take(
    resource: string,
    expiresAt: number,
  ): StatusPlace | Promise<StatusPlace> {
    return (
      this.#takeNow(resource, expiresAt) ??
      this.#takeFromNew(resource, expiresAt)
    );
  }

  #takeNow(resource: string, expiresAt: number): StatusPlace | null {
    const open = this.#usable(resource, expiresAt);
    const index = open && this.#freePlace(open);
    return open && index !== null ? { list: open.list, index } : null;
  }

  async #takeFromNew(
    resource: string,
    expiresAt: number,
  ): Promise<StatusPlace> {
    for (;;) {
      // Those that come meanwhile wait for the same list, and look at it then.
      await (this.#opening.get(resource) ?? this.#openOne(resource, expiresAt));
      const place = this.#takeNow(resource, expiresAt);
      if (place !== null) return place;
    }
  }

  #usable(resource: string, expiresAt: number): OpenList | null {
    const open = this.#open.get(resource);
    if (open === undefined || expiresAt > open.expiresAt) return null;
    const age = this.#options.clock() - open.openedAt;
    if (age < 0 || age >= STATUS_LIST_OPEN) return null;
    this.#open.delete(resource);
    this.#open.set(resource, open);
    return open;
  }

  #freePlace({ taken }: OpenList): number | null {
    const bytes = this.#options.random(4 * STATUS_PLACE_TRIES);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < STATUS_PLACE_TRIES; i++) {
      const index = view.getUint32(4 * i) % STATUS_LIST_SIZE;
      const bit = 1 << (index & 7);
      const byte = taken[index >> 3] ?? 0;
      if ((byte & bit) !== 0) continue;
      taken[index >> 3] = byte | bit;
      return index;
    }
    return null;
  }

  #openOne(resource: string, expiresAt: number): Promise<void> {
    const { clock, random } = this.#options;
    const openedAt = clock();
    const open: OpenList = {
      list: newListName(random),
      openedAt,
      expiresAt: expiresAt + STATUS_LIST_OPEN,
      taken: new Uint8Array(STATUS_LIST_SIZE / 8),
    };
    const opening = this.#write(resource, open).finally(() =>
      this.#opening.delete(resource),
    );
    this.#opening.set(resource, opening);
    return opening;
  }

  async #write(resource: string, open: OpenList): Promise<void> {
    const { list, openedAt, expiresAt } = open;
    await this.#options.store.openStatusList({
      list,
      resource,
      openedAt,
      expiresAt,
    });
    this.#open.delete(resource);
    this.#open.set(resource, open);
    forgetOldest(this.#open, MOST_OPEN);
  }
}
