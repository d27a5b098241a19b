/** What happened between the client and whoever judged: dropped, replaced, misplaced, leaked, too large, never asked for. */
import type { Detector } from "../investigation.ts";
import { detectInsecure } from "./transit-insecure.ts";
import { detectOverwritten } from "./transit-overwritten.ts";
import { detectPreflight } from "./transit-preflight.ts";
import { detectRedirect } from "./transit-redirect.ts";
import { detectStripped } from "./transit-stripped.ts";
import { detectTooLarge } from "./transit-too-large.ts";
import { detectWrongPlace } from "./transit-wrong-place.ts";

/** In the order of weight: a preflight never carries a token, and one that is seen elsewhere was not dropped. */
export const detectTransit: Detector = async (i) => {
  detectPreflight(i);
  detectTooLarge(i);
  await detectWrongPlace(i);
  detectRedirect(i);
  await detectOverwritten(i);
  detectStripped(i);
  detectInsecure(i);
};
