import type { Investigation } from "../investigation.ts";
import { skewOf, type Skew } from "./time-skew.ts";

/** The times of a token, seconds since the epoch, and what is known of the clocks. */
export interface Times {
  readonly iat: number | null;
  readonly nbf: number | null;
  readonly exp: number | null;
  /** exp minus iat, else minus nbf. */
  readonly lifetime: number | null;
  readonly now: number;
  readonly tolerance: number;
  readonly skew: Skew | null;
  /** Two clocks were compared and show the same time, within half a minute. */
  readonly clocksAgree: boolean;
}

const AGREEMENT = 30;

export function readTimes(i: Investigation): Times {
  const claim = (name: string): number | null => {
    const value = i.token?.claims?.[name];
    return typeof value === "number" && Number.isFinite(value) ? value : null;
  };
  const [iat, nbf, exp] = [claim("iat"), claim("nbf"), claim("exp")];
  const begin = iat ?? nbf;
  const skew = skewOf(i);
  return {
    iat,
    nbf,
    exp,
    lifetime: exp !== null && begin !== null ? exp - begin : null,
    now: i.now,
    tolerance: i.policy.clockTolerance ?? 0,
    skew,
    clocksAgree:
      skew !== null && skew.measured && Math.abs(skew.ahead) <= AGREEMENT,
  };
}
