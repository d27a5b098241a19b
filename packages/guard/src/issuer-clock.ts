/**
 * What an issuer's clock showed when it was last asked for its keys (Date, RFC 9110 section 6.6.1), so that the audit can say of a token
 * that came too early or too late whether a clock is wrong. Nothing is decided by it.
 */
import type { RemoteKeySetOptions } from "@assay/token";

type Fetch = NonNullable<RemoteKeySetOptions["fetch"]>;

/** Clocks drift, and are set: what was seen longer ago says nothing. In milliseconds. */
const BELIEVED_FOR = 3_600_000;

export class IssuerClock {
  readonly #clock: () => number;
  #seen: { readonly ahead: number; readonly at: number } | null = null;

  /** `clock`: the guard's own, in milliseconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The same fetch, which looks at the clock of whoever answers. */
  watching(fetch: Fetch): Fetch {
    return async (url, init) => {
      const response = await fetch(url, init);
      this.#note(response.headers);
      return response;
    };
  }

  /** What it shows at this moment of the guard's clock, in milliseconds; null: not known. */
  at(now: number): number | null {
    const seen = this.#seen;
    return seen && Math.abs(now - seen.at) < BELIEVED_FOR
      ? now + seen.ahead
      : null;
  }

  /** An answer that some cache kept shows when it was made, and not what time it is. */
  #note(headers: Headers): void {
    const date = Date.parse(headers.get("date") ?? "");
    const age = Number(headers.get("age") ?? 0);
    if (Number.isNaN(date) || age !== 0) return;
    const at = this.#clock();
    this.#seen = { ahead: date - at, at };
  }
}
