/**
 * How much a diagnosis may compute, counted in weighted operations and never in time: the same inquiry gives the same diagnosis on
 * a slow machine, and a hostile one costs no more than a bounded amount (contract, rules 6 and 7). One unit is about ten
 * microseconds of one core of an ordinary server.
 */
export class Budget {
  #left: number;
  #refused = false;
  #operations = 0;

  constructor(units: number) {
    this.#left = units;
  }

  /** Takes the cost of one operation. False, once and for all, when it does not fit: what was not tried is said in `needs`. */
  take(units: number): boolean {
    if (units > this.#left) {
      this.#refused = true;
      return false;
    }
    this.#left -= units;
    this.#operations++;
    return true;
  }

  /** How many operations were paid for. */
  get operations(): number {
    return this.#operations;
  }

  /** True when something was left out for want of budget. */
  get exhausted(): boolean {
    return this.#refused;
  }
}

/** 3,000 units are about 30 ms. */
export const DIAGNOSIS_BUDGET = 3_000;

/** What one signature check costs, in units: measured, and rounded up. A P-521 check costs what seventy of P-256's smallest do. */
const CHECKS: readonly (readonly [RegExp, number])[] = [
  [/^HS/, 1],
  [/^(RS|PS)/, 8],
  [/^ES256$/, 12],
  [/^(EdDSA|Ed25519)$/, 14],
  [/^ES(384|256K)$/, 90],
  [/^(ES512|Ed448)$/, 200],
  [/^ML-DSA/, 40],
];

/** The cost of checking one signature over `bytes` bytes, with the import of its key. */
export function costOfCheck(
  alg: string,
  keyBits: number,
  bytes: number = 0,
): number {
  const units = CHECKS.find(([pattern]) => pattern.test(alg))?.[1] ?? 20;
  const hashing = bytes / HASHED_IN_ONE_UNIT;
  return (
    hashing +
    (/^(RS|PS)/.test(alg) ? units * Math.max(1, (keyBits / 2048) ** 2) : units)
  );
}

/** Bytes that one core hashes in ten microseconds. */
export const HASHED_IN_ONE_UNIT = 6_000;
