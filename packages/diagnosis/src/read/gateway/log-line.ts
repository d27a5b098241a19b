import type { HeaderMap, RequestSeen } from "../../inquiry.ts";

/** What one line of a gateway's log tells. A line of such a log that tells nothing of a request is empty. */
export interface LogLine {
  readonly status?: number | undefined;
  /** What went wrong, in the gateway's words. */
  readonly message?: string | undefined;
  /** ISO 8601. */
  readonly at?: string | undefined;
  /** Of the answer. */
  readonly headers?: HeaderMap | undefined;
  /** Only where the log tells what stood in Authorization, or that nothing did. */
  readonly request?: RequestSeen | undefined;
  /** Lines of one connection have the same. */
  readonly connection?: string | undefined;
}

/** null: the line is of no such log. */
export type LineReader = (line: string) => LogLine | null;

/** What these programs say where they answer by this status without naming it. */
const SAID: readonly (readonly [RegExp, number])[] = [
  [/auth request unexpected status/i, 500],
  [/client sent too (?:long|large) /i, 400],
  [
    /\bjwt\b|\btoken\b|no valid authentication|invalid authentication|unauthorized|password mismatch|^user "[^"]{0,200}" was not found/i,
    401,
  ],
  [/access forbidden|permission denied|access denied/i, 403],
];

export function statusIn(message: string): number | undefined {
  const said = message.slice(0, 2000);
  const named = /StatusCode: (\d{3})(?!\d)/.exec(said)?.[1];
  return named === undefined
    ? SAID.find(([pattern]) => pattern.test(said))?.[1]
    : Number(named);
}
