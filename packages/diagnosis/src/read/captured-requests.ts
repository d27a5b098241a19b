/** The requests of one text, told so that a person can choose another one than was judged. */
import type { Hop } from "./failing-exchange.ts";

export interface CapturedRequest {
  /** From 1, in the order of the text. */
  readonly position: number;
  readonly method: string;
  /** Without user, query and fragment: these hold secrets. Cut where it is very long. */
  readonly url: string;
  /** null: there was no answer, or the text tells none. */
  readonly status: number | null;
}

export interface Capture {
  readonly requests: readonly CapturedRequest[];
  /** The position of the one that the inquiry asks about. */
  readonly judged: number;
}

const LONGEST = 300;

export function captureOf(hops: readonly Hop[], index: number): Capture {
  return {
    requests: hops.map(({ method, url, status }, at) => ({
      position: at + 1,
      method,
      url: addressOf(url),
      status: status > 0 ? status : null,
    })),
    judged: index + 1,
  };
}

function addressOf(url: string): string {
  const [address = ""] = url.slice(0, 4 * LONGEST).split(/[?#]/, 1);
  const [, scheme = "", rest = address] =
    /^([a-z][a-z0-9+.-]{0,20}:\/\/)[^/@]{0,1000}@([^]*)$/i.exec(address) ?? [];
  const shown = scheme + rest;
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}
