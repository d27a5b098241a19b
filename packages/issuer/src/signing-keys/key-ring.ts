/**
 * The server's signing keys: read from the store, kept as fresh as a second, changed under the ring's rules. Many servers may share one
 * store: a change is written only on top of the version that it was decided on, and who comes second reads again and decides anew.
 */
import type { AlgorithmName, KeySource } from "@assay/token";
import type { JournalEntry } from "../journal/events.ts";
import type { SigningKeyRecord } from "../store/records.ts";
import { StoreUnavailable, type Store } from "../store/store.ts";
import {
  checkAlgorithm,
  SIGN_WITHIN_SECONDS,
  type RingPolicy,
} from "./ring-policy.ts";
import { ringEvents } from "./ring-events.ts";
import { publishedAt, type Published, type PublicSet } from "./ring-view.ts";
import {
  allowLifetime,
  clockSetBack,
  maySign,
  plan,
  rotate,
  withdraw,
  type RingPlan,
  type RingRefusal,
} from "./ring.ts";
import { signJwt, type JwtKind } from "./sign-jwt.ts";
import type { Signer, SignInput } from "./signer.ts";

/** The ring is compared with the store's at most so often, in milliseconds. */
const FRESH = 1000;
/** A change that others overtook so often is given up. */
const TRIES = 32;
/** Going back by less, in milliseconds, is covered by the policy's tolerance. */
const SET_BACK = 10_000;

export interface KeyRingOptions {
  readonly store: Pick<
    Store,
    "listSigningKeys" | "changeSigningKeys" | "signingKeysVersion"
  >;
  readonly signer: Signer;
  readonly policy: RingPolicy;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** The id of a journal entry of this time. */
  readonly newEntryId: (at: number) => string;
}

/** The key that signs now. Good for one token, within SIGN_WITHIN_SECONDS: its kid is in the store before the token leaves. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: AlgorithmName;
  /** Throws TypeError for claims whose exp lies beyond the lifetime that the key was asked for. */
  sign(claims: object, kind: JwtKind): Promise<string>;
}

interface Loaded {
  readonly version: number;
  readonly keys: readonly SigningKeyRecord[];
  readonly current: ReadonlyMap<string, SigningKeyRecord>;
  readonly ready: ReadonlyMap<string, SignInput>;
  published: Published;
}

export class KeyRing {
  readonly #options: KeyRingOptions;
  #loaded: Loaded;
  /** By our clock, when the version was last compared. */
  #checkedAt: number;
  #checking: Promise<Loaded> | null = null;
  /** The latest time that our clock has shown. */
  #latest: number;

  private constructor(options: KeyRingOptions, loaded: Loaded, now: number) {
    this.#options = options;
    this.#loaded = loaded;
    this.#checkedAt = now;
    this.#latest = now;
  }

  /** Reads the ring; makes its first keys where there are none. Throws what the signer throws for keys that it cannot open. */
  static async open(options: KeyRingOptions): Promise<KeyRing> {
    const now = options.clock();
    const ring = new KeyRing(options, await load(options, now), now);
    await ring.tick();
    return ring;
  }

  /** The key for a token that lives at most so long; at once where it is ready. An algorithm that was never used comes into use. */
  prepare(
    algorithm: string,
    lifetimeSeconds: number,
  ): SigningKey | Promise<SigningKey> {
    const setBack = this.#watchClock();
    const loaded = this.#fresh();
    const key =
      setBack === null && loaded
        ? this.#usable(loaded, algorithm, lifetimeSeconds)
        : null;
    return key ?? this.#makeReady(algorithm, lifetimeSeconds, setBack);
  }

  async #makeReady(
    algorithm: string,
    lifetimeSeconds: number,
    setBack: Promise<void> | null,
  ): Promise<SigningKey> {
    await setBack;
    for (let tries = 0; tries < TRIES; tries++) {
      const loaded = this.#fresh() ?? (await this.#check());
      const usable = this.#usable(loaded, algorithm, lifetimeSeconds);
      if (usable) return usable;
      const key = loaded.current.get(algorithm);
      if (!key) checkAlgorithm(algorithm);
      await this.#change((keys, now) =>
        key
          ? allowLifetime(keys, algorithm, lifetimeSeconds)
          : plan(keys, now, this.#policyWith(algorithm)),
      );
      await this.#watchClock();
    }
    throw overtaken();
  }

  #usable(
    { current, ready }: Loaded,
    algorithm: string,
    lifetimeSeconds: number,
  ): SigningKey | null {
    const key = current.get(algorithm);
    const sign = key && ready.get(key.kid);
    return sign && key.longestSeconds >= lifetimeSeconds
      ? this.#signingKey(key, sign, lifetimeSeconds)
      : null;
  }

  /** `prepare` and sign, where the kid need not be written first. */
  async sign(
    algorithm: string,
    claims: object,
    { typ, lifetimeSeconds }: JwtKind & { readonly lifetimeSeconds: number },
  ): Promise<string> {
    const key = await this.prepare(algorithm, lifetimeSeconds);
    return key.sign(claims, { typ });
  }

  /** What the server publishes. While the store cannot be reached, what was published last: an outage must not make tokens look bad. */
  async publicSet(): Promise<PublicSet> {
    try {
      const loaded = this.#fresh() ?? (await this.#check());
      return this.#published(loaded).set;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return this.#published(this.#loaded).set;
    }
  }

  /** For our own tokens: published keys, of which a withdrawn one is none. */
  verificationKeys(): KeySource {
    return {
      lookup: () => {
        const loaded = this.#fresh();
        if (loaded) return this.#published(loaded).keySet;
        return this.#check().then(
          (read) => this.#published(read).keySet,
          (error: unknown) => {
            if (!(error instanceof StoreUnavailable)) throw error;
            return { unavailable: "the store cannot be reached", source: null };
          },
        );
      },
    };
  }

  /** Every key that the store remembers, also those that have left the set. */
  async list(): Promise<readonly SigningKeyRecord[]> {
    return (this.#fresh() ?? (await this.#check())).keys;
  }

  /** A key of any state. */
  async find(kid: string): Promise<SigningKeyRecord | null> {
    return (await this.list()).find((key) => key.kid === kid) ?? null;
  }

  get policy(): RingPolicy {
    return this.#options.policy;
  }

  /** Does what the schedule says. To be called about every minute; between two calls nothing is lost. */
  async tick(): Promise<RingPlan> {
    await this.#watchClock();
    return (await this.#change((keys, now) =>
      plan(keys, now, this.#options.policy),
    )) as RingPlan;
  }

  async rotate(
    algorithm: string,
    {
      force = false,
      by = null,
    }: {
      readonly force?: boolean;
      /** Who did it, for the journal; null: the schedule. */
      readonly by?: JournalEntry["personal"];
    } = {},
  ): Promise<RingPlan | RingRefusal> {
    await this.#watchClock();
    return this.#change(
      (keys, now) => rotate(keys, algorithm, now, this.#options.policy, force),
      by,
    );
  }

  /** Takes a key out of the set. Tokens under it die at their verifiers; the store's `revoke` ends them for introspection. */
  async withdraw(kid: string): Promise<RingPlan | RingRefusal> {
    await this.#watchClock();
    return this.#change((keys, now) =>
      withdraw(keys, kid, now, this.#options.policy),
    );
  }

  #signingKey(
    key: SigningKeyRecord,
    ready: SignInput,
    lifetimeSeconds: number,
  ): SigningKey {
    const { clock } = this.#options;
    const algorithm = key.algorithm as AlgorithmName;
    const latestEnd = clock() / 1000 + lifetimeSeconds + SIGN_WITHIN_SECONDS;
    return {
      kid: key.kid,
      algorithm,
      async sign(claims, kind) {
        // Threat: a token that outlives its key in the set is refused by every verifier, as if it were forged.
        const { exp } = claims as { readonly exp?: unknown };
        if (exp !== undefined && !(Number(exp) <= latestEnd))
          throw new TypeError(
            `exp lies beyond the lifetime of ${lifetimeSeconds} seconds that the key was asked for`,
          );
        return signJwt(ready, { kid: key.kid, algorithm }, claims, kind);
      },
    };
  }

  /** What is loaded, where it is fresh enough. */
  #fresh(): Loaded | null {
    const age = this.#options.clock() - this.#checkedAt;
    return age >= 0 && age < FRESH ? this.#loaded : null;
  }

  /** Compares versions, and reads again where they differ. One at a time. */
  #check(): Promise<Loaded> {
    this.#checking ??= this.#compare().finally(() => {
      this.#checking = null;
    });
    return this.#checking;
  }

  async #compare(): Promise<Loaded> {
    const { store, clock } = this.#options;
    const now = clock();
    if ((await store.signingKeysVersion()) !== this.#loaded.version)
      this.#loaded = await load(this.#options, now);
    this.#checkedAt = now;
    return this.#loaded;
  }

  /** The set of this moment: retired keys leave by time alone. */
  #published(loaded: Loaded): Published {
    const now = this.#options.clock();
    if (now >= loaded.published.until)
      loaded.published = publishedAt(loaded.keys, now, this.#options.policy);
    return loaded.published;
  }

  /** Decides on what the store holds now, makes the keys that are wanted, and writes all of it, or nothing when others were faster. */
  async #change(
    decide: (
      keys: readonly SigningKeyRecord[],
      now: number,
    ) => RingPlan | RingRefusal,
    by: JournalEntry["personal"] = null,
  ): Promise<RingPlan | RingRefusal> {
    const { store, policy, clock, newEntryId } = this.#options;
    for (let tries = 0; tries < TRIES; tries++) {
      const { version, keys } = await this.#check();
      const now = clock();
      const decided = decide(keys, now);
      if ("refused" in decided) return decided;
      const { changed, create, forget } = decided;
      if (changed.length + create.length + forget.length === 0) return decided;
      const written = await this.#records(keys, decided, now);
      const entries = ringEvents(
        keys,
        written,
        decided.reason,
        now,
        policy,
        () => newEntryId(now),
      );
      const done = await store.changeSigningKeys(
        version,
        written,
        forget,
        entries.map((entry) => ({ ...entry, personal: by })),
      );
      await this.#check();
      if (done) return decided;
    }
    throw overtaken();
  }

  async #records(
    before: readonly SigningKeyRecord[],
    { changed, create }: RingPlan,
    now: number,
  ): Promise<readonly SigningKeyRecord[]> {
    const { signer, policy } = this.#options;
    const records: SigningKeyRecord[] = [];
    for (const key of changed) {
      const was = before.find(({ kid }) => kid === key.kid);
      const spent = was !== undefined && maySign(was) && !maySign(key);
      records.push(spent ? { ...key, sealed: await signer.retire(key) } : key);
    }
    for (const { algorithm, state } of create) {
      const made = await signer.create(algorithm as AlgorithmName);
      records.push({
        kid: made.kid,
        algorithm,
        state,
        publicJwk: made.publicJwk,
        sealed: made.sealed,
        longestSeconds: policy.usualSeconds,
        createdAt: now,
        publishedAt: now,
        activatedAt: state === "current" ? now : null,
        retiredAt: null,
        withdrawnAt: null,
      });
    }
    return records;
  }

  #policyWith(algorithm: string): RingPolicy {
    const { policy } = this.#options;
    return { ...policy, algorithms: [...policy.algorithms, algorithm] };
  }

  /**
   * Threat: the clock was ahead, tokens were signed by it, and it is set right: they outlive what the ring would count by the new time.
   * null: it was not set back.
   */
  #watchClock(): Promise<void> | null {
    const now = this.#options.clock();
    const from = this.#latest;
    if (now >= from - SET_BACK) {
      this.#latest = Math.max(from, now);
      return null;
    }
    // First, so that only one of many requests writes it.
    this.#latest = now;
    return this.#writeSetBack(from, now);
  }

  async #writeSetBack(from: number, now: number): Promise<void> {
    try {
      await this.#change((keys) => clockSetBack(keys, from, now));
    } catch (error) {
      this.#latest = Math.max(this.#latest, from);
      throw error;
    }
  }
}

async function load(
  { store, signer, policy }: KeyRingOptions,
  now: number,
): Promise<Loaded> {
  // The version first: a change between the two reads makes this version too old, never too new.
  const version = await store.signingKeysVersion();
  const keys = await store.listSigningKeys();
  const ready = await signer.load(keys);
  const current = new Map(
    keys
      .filter(({ state }) => state === "current")
      .map((key) => [key.algorithm, key]),
  );
  return {
    version,
    keys,
    current,
    ready,
    published: publishedAt(keys, now, policy),
  };
}

const overtaken = (): StoreUnavailable =>
  new StoreUnavailable(
    `the signing keys were changed by others ${TRIES} times running`,
  );
