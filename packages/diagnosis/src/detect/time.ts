/** Why the clock and the claims do not agree: the token's end, a clock, a unit, a zone, a limit. */
import type { Detector } from "../investigation.ts";
import { detectClocks } from "./time-clocks.ts";
import { detectDelayedStart } from "./time-delayed-start.ts";
import { detectLifetime } from "./time-lifetime.ts";
import { detectLimits } from "./time-limits.ts";
import { detectMissingEnd } from "./time-missing.ts";
import { detectNotNumeric } from "./time-not-numeric.ts";
import { detectExpired, detectReused } from "./time-expired.ts";
import { readTimes } from "./time-read.ts";
import { detectFinerUnit } from "./time-unit.ts";
import { detectZone } from "./time-zone.ts";

export const detectTime: Detector = (i) => {
  detectNotNumeric(i);
  const times = readTimes(i);
  detectFinerUnit(i, times);
  detectLifetime(i, times);
  detectClocks(i, times);
  detectZone(i, times);
  detectDelayedStart(i, times);
  detectLimits(i, times);
  detectReused(i, times);
  detectExpired(i, times);
  detectMissingEnd(i);
};
