/**
 * Nonces for DPoP proofs (RFC 9449 section 8) without state: each is a keyed digest of a period of time, so that every server of one store
 * gives and takes the same. Threat: proofs that a client, or somebody in it, made in advance; and clocks of clients, which do not matter where
 * a nonce proves the time.
 */
import { createHmac } from "node:crypto";
import type { MasterKey } from "../master-key.ts";

/** How long one nonce is given out, in milliseconds. The one before is still taken. */
const PERIOD = 60_000;

export class DpopNonces {
  readonly #key: Uint8Array;
  readonly #clock: () => number;

  constructor(master: MasterKey, clock: () => number) {
    this.#key = master.derive("assay dpop nonce", 32);
    this.#clock = clock;
  }

  /** The nonce of now. */
  current(): string {
    return this.#of(this.#period());
  }

  /** The nonces that are good. The one after is too: clocks of two servers differ. */
  good(): readonly string[] {
    const period = this.#period();
    return [this.#of(period), this.#of(period - 1), this.#of(period + 1)];
  }

  #period(): number {
    return Math.floor(this.#clock() / PERIOD);
  }

  #of(period: number): string {
    return createHmac("sha256", this.#key)
      .update(String(period))
      .digest()
      .subarray(0, 18)
      .toString("base64url");
  }
}
