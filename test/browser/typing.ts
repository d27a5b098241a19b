/** Types into a token of 16 KiB and measures the frames. */
import type { Page } from "playwright-core";
import { exportKey, generateKey, sign } from "@assay/token";
import { keysField, paste, verdict, type Console } from "./open-console.ts";
import { watchFrames, type Watched } from "./watch-frames.ts";

/** While somebody types. */
export interface Frames extends Watched {
  /** Characters of the token. */
  readonly characters: number;
  /** What the page's main thread worked meanwhile, in seconds of the processor: without what other processes took from it. */
  readonly busy: number;
}

export const SIZE = 16_384;
const KEYSTROKES = 60;

/** Opens the inspector, pastes a token of so many characters or more, and types and deletes in the midst of it. */
export async function typeIntoToken(
  assay: Console,
  size: number = SIZE,
): Promise<Frames> {
  const { page } = await assay.open(assay.inspector("served"));
  const key = await generateKey("ES256");
  const token = await tokenOf(size, key);
  await paste(page, token);
  await keysField(page).fill(JSON.stringify(exportKey(key, { secret: false })));
  await verdict(page, /^Accepted/);
  await page.locator(".paste .cm-content").click();
  const watched = await watchFrames(page);
  const working = await workOf(page);
  for (let i = 0; i < KEYSTROKES; i++) {
    await page.keyboard.press(i % 6 === 5 ? "Backspace" : "A");
    // As fast as a fast typist, with pauses in which the worker answers.
    await page.waitForTimeout(i % 10 === 9 ? 250 : 40);
  }
  const measured = await watched();
  const busy = await working();
  await page.context().close();
  return { characters: token.length, busy, ...measured };
}

/** From now on; what is called later gives the seconds until then. */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const all = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    const found = metrics.find(({ name }) => name === "TaskDuration");
    if (!found) throw new Error("Chromium does not tell TaskDuration");
    return found.value;
  };
  const before = await all();
  return async () => (await all()) - before;
}

/** Many claims, as tokens with groups and roles have them. */
async function tokenOf(
  size: number,
  key: Awaited<ReturnType<typeof generateKey>>,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "https://issuer.example.com",
    iat: now,
    exp: now + 600,
  };
  const groups: string[] = [];
  let token = "";
  while (token.length < size) {
    token = await sign({ ...claims, groups }, key);
    for (let i = 0; i < 20; i++)
      groups.push(`/departments/${groups.length}/readers`);
  }
  return token;
}
