/**
 * Nonces for DPoP proofs (RFC 9449 section 9) without state: each is a keyed digest of a period of time. Threat: proofs that were made in
 * advance, and replay across processes that share no store.
 */
import {
  handleFor,
  importSecret,
  platform,
  type Key,
  type MaybePromise,
} from "@assay/token";

export interface NonceOptions {
  /** 32 bytes or more. Processes with the same secret give and take the same nonces. Default: random, of this process alone. */
  readonly secret?: Uint8Array | string;
  /** How long a nonce is given out, in seconds; the one before is still taken. Default 60. */
  readonly period?: number;
}

export class Nonces {
  readonly #secret: Uint8Array | null;
  readonly #period: number;
  readonly #clock: () => number;
  #key: Key | null = null;
  #made: { readonly period: number; readonly good: readonly string[] } | null =
    null;

  constructor({ secret, period = 60 }: NonceOptions, clock: () => number) {
    const bytes =
      typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
    if (bytes && bytes.length < 32)
      throw new TypeError(
        `nonces.secret: expected 32 bytes or more; found ${bytes.length}`,
      );
    if (!(period >= 1 && period <= 3600))
      throw new TypeError(
        `nonces.period: expected 1 to 3600 seconds; found ${String(period)}`,
      );
    this.#secret = bytes ?? null;
    this.#period = period * 1000;
    this.#clock = clock;
  }

  /** Those that are taken, the one to give out first. The one after is taken too: clocks of two processes differ. */
  good(): MaybePromise<readonly string[]> {
    const period = Math.floor(this.#clock() / this.#period);
    if (this.#made?.period === period) return this.#made.good;
    const made: string[] = [];
    for (const one of [period, period - 1, period + 1]) {
      const nonce = this.#of(one);
      if (nonce instanceof Promise) return this.#later(period);
      made.push(nonce);
    }
    return this.#keep(period, made);
  }

  async #later(period: number): Promise<readonly string[]> {
    return this.#keep(period, [
      await this.#of(period),
      await this.#of(period - 1),
      await this.#of(period + 1),
    ]);
  }

  #keep(period: number, good: readonly string[]): readonly string[] {
    this.#made = { period, good };
    return good;
  }

  #of(period: number): MaybePromise<string> {
    const input = `assay dpop nonce ${period}`;
    // Not before the first request: workers have no random numbers while they start.
    this.#key ??= importSecret(
      this.#secret ?? crypto.getRandomValues(new Uint8Array(32)),
      { alg: "HS256" },
    );
    const handle = handleFor(this.#key, "HS256", "sign");
    if (handle instanceof Promise)
      return handle.then(async (ready) =>
        text(await platform.sign("HS256", ready, input)),
      );
    const signed = platform.sign("HS256", handle, input);
    return signed instanceof Promise ? signed.then(text) : text(signed);
  }
}

const text = (bytes: Uint8Array): string =>
  platform.encodeBase64url(bytes.subarray(0, 18));
