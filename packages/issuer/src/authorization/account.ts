/** The one account that may sign in until accounts come: named by the operator, on this machine alone. */
import { hash, timingSafeEqual } from "node:crypto";
import { isPersonsSubject, PERSONS_SUBJECT } from "../tokens/subject-of.ts";
import { isLoopback } from "../options/is-loopback.ts";

export interface ConfiguredAccount {
  /** sub of its tokens, and what the person types. */
  readonly name: string;
  /** Never kept: only its digest is. */
  readonly password: string;
}

/** So many wrong passwords, then nobody gets in for a while. */
const TRIES = 5;
/** In milliseconds. */
const PAUSE = 60_000;

export class Account {
  readonly name: string;
  readonly #digest: Buffer;
  readonly #clock: () => number;
  #failures: readonly number[] = [];

  /** Throws RangeError for a name that clients have as subjects. */
  constructor({ name, password }: ConfiguredAccount, clock: () => number) {
    if (!isPersonsSubject(name))
      throw new RangeError(`account: expected ${PERSONS_SUBJECT}`);
    this.name = name;
    this.#digest = digest(password);
    this.#clock = clock;
  }

  /** Threat: guessing. "paused" says nothing of the password, and a right one does not get in either. */
  check(name: string, password: string): "right" | "wrong" | "paused" {
    const now = this.#clock();
    this.#failures = this.#failures.filter((at) => at > now - PAUSE);
    if (this.#failures.length >= TRIES) return "paused";
    // Both are compared, whatever the first says, so that time does not tell which was wrong.
    const rightPassword = timingSafeEqual(digest(password), this.#digest);
    const rightName = timingSafeEqual(digest(name), digest(this.name));
    const right = rightPassword && rightName;
    if (!right) this.#failures = [...this.#failures, now];
    return right ? "right" : "wrong";
  }
}

const digest = (text: string): Buffer => hash("sha256", text, "buffer");

/** Whether a request comes from this machine. */
export const isThisMachine = (ip: string | null): boolean =>
  ip !== null && isLoopback(ip.replace(/^::ffff:/, ""));
