/** What the admin API says when it does not do what was asked (RFC 9457): what was expected, and what was found. */
export type ProblemCode =
  | "invalid_input"
  | "not_found"
  | "conflict"
  | "changed_meanwhile"
  | "precondition_needed"
  | "not_yours"
  | "media_type"
  | "too_large";

const STATUS: Readonly<Record<ProblemCode, number>> = {
  invalid_input: 400,
  not_yours: 403,
  not_found: 404,
  conflict: 409,
  changed_meanwhile: 412,
  too_large: 413,
  media_type: 415,
  precondition_needed: 428,
};

/** One member that is not what it should be. */
export interface Fault {
  /** JSON Pointer (RFC 6901) into the body; `query`, `path` and a name for what stands in the address. */
  readonly at: string;
  readonly expected: string;
  readonly found: string;
}

/** Thrown by the calls of the API; `answer-problem.ts` is the one exit to the wire. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly status: number;
  readonly faults: readonly Fault[];

  constructor(
    code: ProblemCode,
    message: string,
    faults: readonly Fault[] = [],
  ) {
    super(message);
    this.code = code;
    this.status = STATUS[code];
    this.faults = faults;
  }
}

export const notFound = (what: string): Problem =>
  new Problem("not_found", `There is no such ${what}.`);

/** Throws when there are any. */
export function refuseFaults(faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  throw new Problem(
    "invalid_input",
    `${first.at}: expected ${first.expected}, found ${first.found}${more}`,
    faults,
  );
}
