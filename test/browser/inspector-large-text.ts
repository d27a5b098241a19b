/** Opens or pastes a text that is too large for the box, and measures what the page feels of it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { verdict, type Console } from "./open-console.ts";
import { watchFrames } from "./watch-frames.ts";

export type How = "file" | "paste";

export interface Felt {
  /** Milliseconds from the opening or the key of the paste until the verdict stands there. */
  readonly verdict: number;
  /** The longest main-thread task (the platform's own measure, from 50 ms), in milliseconds; 0: none was that long. */
  readonly longestTask: number;
  /** The longest time from one frame to the next, in milliseconds. */
  readonly longestFrame: number;
}

export async function giveLargeText(
  assay: Console,
  text: string,
  how: How,
): Promise<Felt> {
  const folder = mkdtempSync(join(tmpdir(), "assay-large-"));
  const path = join(folder, "large.har");
  writeFileSync(path, text);
  const { page } = await assay.open(assay.inspector("served"), {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  try {
    if (how === "paste") await copyText(page, text);
    const box = page.getByRole("textbox", { name: "What did you get?" });
    await box.click();
    // What the copying left behind is no part of the measurement.
    await page.waitForTimeout(500);
    const watched = await watchFrames(page);
    const start = performance.now();
    if (how === "file")
      await page.locator('input[type="file"]').setInputFiles(path);
    else await page.keyboard.press("ControlOrMeta+v");
    await verdict(page, /^Refused/);
    const until = performance.now() - start;
    await page.waitForTimeout(200);
    const { gaps, longTasks } = await watched();
    return {
      verdict: until,
      longestTask: Math.max(0, ...longTasks),
      longestFrame: Math.max(0, ...gaps),
    };
  } finally {
    await page.context().close();
    rmSync(folder, { recursive: true });
  }
}

/** Puts a text into the clipboard, which the page must be permitted. */
export const copyText = async (page: Page, text: string): Promise<void> =>
  page.evaluate(
    async (copied) =>
      (
        navigator as unknown as {
          readonly clipboard: { writeText(text: string): Promise<void> };
        }
      ).clipboard.writeText(copied),
    text,
  );
