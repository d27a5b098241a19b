/** One change to a signed request that may make its signature right, and what all changes start from. */
import type { CanonicalParts } from "./canonical-request.ts";
import type {
  Difference,
  DifferenceHints,
  Parsed,
  WireRequest,
} from "./types.ts";
import type { HeaderIndex, Target } from "./wire.ts";

export interface Subject {
  readonly request: WireRequest;
  readonly parsed: Parsed;
  readonly secretAccessKey: string;
  readonly hints: DifferenceHints;
  readonly target: Target;
  readonly headers: HeaderIndex;
  readonly base: CanonicalParts;
  /** The payload by what was received; `base` has the hash that the request declares, if it does. */
  readonly receivedPayload: string;
  /** Parameters that are no part of the signature, in small letters. */
  readonly unsigned: ReadonlySet<string>;
}

/** What stands in another way than in the request; what is left out stays. */
export interface Change {
  readonly parts?: Partial<CanonicalParts>;
  /** Hashed for the payload. */
  readonly body?: string | Uint8Array;
  readonly amzDate?: string;
  readonly scopeDate?: string;
  readonly region?: string;
  readonly service?: string;
  readonly secretAccessKey?: string;
  readonly expected?: string | null;
  readonly found?: string | null;
}

export interface Attempt {
  readonly kind: Difference["kind"];
  readonly detail: string;
  readonly side?: "known" | "signer";
  readonly header?: string;
  /** Bytes that `make` goes through: it is called only when they are paid. */
  readonly bytes?: number;
  /** null: it would change nothing. */
  make(): Change | null;
}

/** The signed headers with another value for one; null leaves it out. */
export const withHeader = (
  subject: Subject,
  name: string,
  value: string | null,
): CanonicalParts["headers"] =>
  subject.base.headers.flatMap((header) =>
    header[0] !== name ? [header] : value === null ? [] : [[name, value]],
  );

/** Where computing a writing is worth a price of its own, one that was tried before is paid too. */
const LONG = 1_000;

/** An attempt for each new writing of a part. The next one is computed only after the last one was paid. */
export function* writingAttempts(
  kind: Attempt["kind"],
  found: string,
  length: number,
  writings: Iterable<readonly [text: string, detail: string]>,
  change: (text: string) => Change,
): Generator<Attempt> {
  const tried = new Set([found]);
  for (const [text, detail] of writings) {
    const isNew = !tried.has(text);
    if (!isNew && length < LONG) continue;
    tried.add(text);
    yield {
      kind,
      detail,
      bytes: 8 * length,
      make: () => (isNew ? change(text) : null),
    };
  }
}
