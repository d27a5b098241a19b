/**
 * Status List Tokens (draft-ietf-oauth-status-list-21 section 5.1): one bit for each token of a list, packed, compressed and signed. A token
 * of a list is made again when a revocation of that list was sealed or its ttl is over, and served from memory until then.
 */
import { hash } from "node:crypto";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { statusListAddress } from "../addresses.ts";
import { forgetOldest } from "../forget-oldest.ts";
import { seconds, type IssuerContext } from "../issuer-context.ts";
import type { JwtKind } from "../signing-keys/sign-jwt.ts";
import { STATUS_LIST_SIZE } from "./status-places.ts";
import { ID_TOKEN_ALGORITHM } from "../tokens/id-token.ts";
import { RecentReading } from "../recent-reading.ts";

export interface StatusListToken {
  readonly jwt: string;
  /** Strong (RFC 9110 section 8.8.1). */
  readonly etag: string;
  /** For how many seconds it may still be kept: what is left of its ttl. */
  readonly maxAge: number;
}

type Options = Pick<
  IssuerContext,
  "issuer" | "store" | "keys" | "clock" | "options"
>;

export const STATUS_LIST_TYPE: JwtKind = { typ: "statuslist+jwt" };
/** Another server may have sealed something: so old a copy may be before it is compared with the store, in milliseconds. */
const COMPARED_EVERY = 100;
/** A verifier that cannot fetch goes on for so many ttls, and no longer. */
const EXPIRES_AFTER = 6;
/** Lists whose bits are kept ready: 128 KiB each. */
const KEPT_LISTS = 64;
/** Rows that are read at once. */
const PAGE = 5000;

const compress = promisify(deflate);

interface Made {
  readonly jwt: string;
  readonly etag: string;
  readonly kid: string;
  /** Milliseconds. */
  readonly at: number;
  readonly sequence: number;
}

interface Kept {
  readonly bits: Uint8Array;
  /** The newest revocation that stands in the bits. */
  sequence: number;
  made: Made | null;
  readonly reading: RecentReading<Made>;
}

export class StatusListTokens {
  readonly #options: Options;
  readonly #known: RecentReading<ReadonlySet<string>>;
  /** The list that was asked for last stands last. */
  readonly #kept = new Map<string, Kept>();

  constructor(options: Options) {
    this.#options = options;
    this.#known = new RecentReading(async () => {
      const lists = await options.store.listStatusLists(null);
      return new Set(lists.map(({ list }) => list));
    }, COMPARED_EVERY);
  }

  /** Something was sealed here: what is kept is compared with the store at the next request. */
  sealed(): void {
    for (const { reading } of this.#kept.values()) reading.forget();
  }

  /** The addresses of all lists that may still name a token (section 9.3). */
  async addresses(): Promise<readonly string[]> {
    const { issuer } = this.#options;
    return [...(await this.#known.get())].map((list) =>
      statusListAddress(issuer, list),
    );
  }

  /** null: there is no such list. Throws StoreUnavailable: an old list must not pass for what is so now. */
  async token(list: string): Promise<StatusListToken | null> {
    // Threat: made-up names. They cost a look into a set that is read ten times a second at most.
    if (!(await this.#known.get()).has(list)) return null;
    const { jwt, etag, at } = await this.#keep(list).reading.get();
    const { clock, options } = this.#options;
    const left = options.statusListCacheSeconds - (clock() - at) / 1000;
    return { jwt, etag, maxAge: Math.max(0, Math.ceil(left)) };
  }

  #keep(list: string): Kept {
    const known = this.#kept.get(list);
    this.#kept.delete(list);
    const kept: Kept = known ?? {
      bits: new Uint8Array(STATUS_LIST_SIZE / 8),
      sequence: 0,
      made: null,
      reading: new RecentReading(
        async () => this.#bringUp(list, kept),
        COMPARED_EVERY,
      ),
    };
    this.#kept.set(list, kept);
    forgetOldest(this.#kept, KEPT_LISTS);
    return kept;
  }

  async #bringUp(list: string, kept: Kept): Promise<Made> {
    await this.#setBits(list, kept);
    const { made } = kept;
    if (made && (await this.#isGood(made, kept))) return made;
    const fresh = await this.#make(list, kept);
    // Two may be under way at once; the one that knows more stays.
    if (kept.made === null || kept.made.sequence <= fresh.sequence)
      kept.made = fresh;
    return fresh;
  }

  /** A place is never given twice, so a bit once set stays. The least significant bit of a byte is the first (section 4.1). */
  async #setBits(list: string, kept: Kept): Promise<void> {
    for (;;) {
      const places = await this.#options.store.revokedPlaces({
        list,
        after: kept.sequence,
        limit: PAGE,
      });
      for (const { index, sequence } of places) {
        const byte = index >> 3;
        kept.bits[byte] = (kept.bits[byte] ?? 0) | (1 << (index & 7));
        kept.sequence = Math.max(kept.sequence, sequence);
      }
      if (places.length < PAGE) return;
    }
  }

  async #isGood({ at, kid, sequence }: Made, kept: Kept): Promise<boolean> {
    const { clock, options, keys } = this.#options;
    const age = clock() - at;
    return (
      sequence === kept.sequence &&
      age >= 0 &&
      age < options.statusListCacheSeconds * 1000 &&
      // A verifier would refuse what a withdrawn key signed.
      (await keys.publicSet()).keys.some((key) => key.kid === kid)
    );
  }

  async #make(list: string, { bits, sequence }: Kept): Promise<Made> {
    const { issuer, keys, clock, options } = this.#options;
    const ttl = options.statusListCacheSeconds;
    const lifetime = ttl * EXPIRES_AFTER;
    // Bits that are set from here on belong to the next token.
    const lst = (await compress(bits.slice())).toString("base64url");
    const key = await keys.prepare(ID_TOKEN_ALGORITHM, lifetime);
    const at = clock();
    const jwt = await key.sign(
      {
        iss: issuer,
        sub: statusListAddress(issuer, list),
        iat: seconds(at),
        exp: seconds(at) + lifetime,
        ttl,
        status_list: { bits: 1, lst },
      },
      STATUS_LIST_TYPE,
    );
    const etag = `"${hash("sha256", jwt, "base64url")}"`;
    return { jwt, etag, kid: key.kid, at, sequence };
  }
}
