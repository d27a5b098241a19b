/** A token that was damaged, replaced or never there: what happened to it before it was judged. */
import type { Detector, Investigation } from "../investigation.ts";
import { detectAbsent } from "./damage-absent.ts";
import { detectAltered } from "./damage-altered.ts";
import { carriedText, type Carried } from "./damage-carried.ts";
import { detectEncrypted } from "./damage-encrypted.ts";
import { detectInstead } from "./damage-instead.ts";
import { detectMalformed } from "./damage-malformed.ts";
import { detectOversized } from "./damage-oversized.ts";
import { detectPlainScheme } from "./damage-plain-scheme.ts";
import { searchRepairs } from "./damage-search.ts";
import { detectTruncated } from "./damage-truncated.ts";
import { detectBareToken, suspectUndone } from "./damage-undone.ts";
import { wholeToken } from "./damage-whole.ts";

export const detectDamage: Detector = async (i) => {
  detectAbsent(i);
  detectEncrypted(i);
  detectOversized(i);
  await detectAltered(i);
  const carried = carriedText(i);
  if (carried && !(await detectBareToken(i, carried)))
    await detectIn(i, carried);
};

async function detectIn(i: Investigation, carried: Carried): Promise<void> {
  const { found, texts } = await searchRepairs(i, carried.text);
  // A whole token needs no repair: what is longer or shorter than it should be shows in its signature.
  const whole = wholeToken(carried.text) !== null;
  if (found && (!whole || found.shown)) suspectUndone(i, carried, found);
  if (carried.at === "header" && !found) detectPlainScheme(i, carried.text);
  if (found?.shown) return;
  detectTruncated(i, texts);
  if (found) return;
  const recognised = !whole && detectInstead(i, texts);
  detectMalformed(i, recognised);
}
