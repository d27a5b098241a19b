/**
 * Something that is read from the store for whoever asks: once for all who ask meanwhile, and again only after a while. Threat: a flood of
 * requests that each cost a look in the database. A reading that failed is not kept.
 */
export class RecentReading<Value> {
  readonly #read: () => Promise<Value>;
  readonly #keptFor: number;
  #reading: Promise<Value> | null = null;

  /** `keptFor`: milliseconds of real time, whatever the issuer's clock says. */
  constructor(read: () => Promise<Value>, keptFor: number) {
    this.#read = read;
    this.#keptFor = keptFor;
  }

  async get(): Promise<Value> {
    return this.#reading ?? this.#start();
  }

  /** What is known may be old: who asks from now on gets a new reading. */
  forget(): void {
    this.#reading = null;
  }

  #start(): Promise<Value> {
    const reading = this.#read();
    this.#reading = reading;
    const forget = (): void => {
      if (this.#reading === reading) this.#reading = null;
    };
    reading.then(() => setTimeout(forget, this.#keptFor).unref(), forget);
    return reading;
  }
}
