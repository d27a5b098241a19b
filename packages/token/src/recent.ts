interface Generation<K, V> {
  readonly entries: Map<K, V>;
  weight: number;
}

const generation = <K, V>(): Generation<K, V> => ({
  entries: new Map(),
  weight: 0,
});

/**
 * What was used of late, within a bound. There are two generations; what is used moves to the newer one, and the older one is dropped as a
 * whole. To look for the single oldest entry would cost more: a Map walks over all that was deleted at its beginning.
 */
export class Recent<K, V> {
  readonly #limit: number;
  readonly #weigh: (value: V) => number;
  #newer = generation<K, V>();
  #older = generation<K, V>();

  /** All values together weigh at most `limit`; at least half of that is kept. */
  constructor(limit: number, weigh: (value: V) => number) {
    this.#limit = limit;
    this.#weigh = weigh;
  }

  get(key: K): V | undefined {
    const value = this.#newer.entries.get(key);
    if (value !== undefined) return value;
    const aged = this.#older.entries.get(key);
    if (aged !== undefined) this.set(key, aged);
    return aged;
  }

  /** Keeps nothing that alone is over the limit. */
  set(key: K, value: V): void {
    this.delete(key);
    const weight = this.#weigh(value);
    if (weight > this.#limit) return;
    if (this.#newer.weight + weight > this.#limit / 2) {
      this.#older = this.#newer;
      this.#newer = generation();
    }
    // One that weighs more than half.
    if (this.#older.weight + this.#newer.weight + weight > this.#limit)
      this.#older = generation();
    this.#newer.entries.set(key, value);
    this.#newer.weight += weight;
  }

  delete(key: K): void {
    this.#take(this.#newer, key);
    this.#take(this.#older, key);
  }

  #take(from: Generation<K, V>, key: K): void {
    const value = from.entries.get(key);
    if (value === undefined) return;
    from.entries.delete(key);
    from.weight -= this.#weigh(value);
  }
}
