/** Finds the Chromium for the browser tests; on a Debian that lets us, brings it. */
import { existsSync } from "node:fs";
import { findOrBring } from "./debian-package.ts";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** How a person gets what {@link findChromium} did not find. */
export const HOW_TO_HAVE_CHROMIUM =
  "Install Chromium (on Debian: apt-get install chromium), or name its path in ASSAY_CHROMIUM.";

/** The path of a Chromium: the one that ASSAY_CHROMIUM names, else the system's. null: there is none, and none could be brought. */
export function findChromium(): string | null {
  const named = process.env["ASSAY_CHROMIUM"];
  if (named !== undefined && named !== "")
    return existsSync(named) ? named : null;
  return findOrBring(installed, "chromium");
}

/** Names it to what opens the console in it; throws where there is none. */
export function provideChromium(): void {
  const chromium = findChromium();
  if (chromium === null) throw new Error(HOW_TO_HAVE_CHROMIUM);
  process.env["ASSAY_CHROMIUM"] = chromium;
}

function installed(): string | null {
  return PLACES.find((place) => existsSync(place)) ?? null;
}
