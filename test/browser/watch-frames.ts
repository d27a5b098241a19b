/** What a page's main thread feels: its frames, and its long tasks. */
import type { Page } from "playwright-core";

export interface Watched {
  /** Milliseconds from each frame to the next. */
  readonly gaps: readonly number[];
  /** Main-thread tasks over 50 ms (the platform's own measure), in milliseconds. */
  readonly longTasks: readonly number[];
}

/** From now on; what is called later tells what was seen until then. */
export async function watchFrames(page: Page): Promise<() => Promise<Watched>> {
  await page.evaluate(`{
    globalThis.gaps = []; globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    }).observe({ type: "longtask" });
    let last = performance.now();
    const frame = (at) => { gaps.push(at - last); last = at; requestAnimationFrame(frame); };
    requestAnimationFrame((at) => { last = at; requestAnimationFrame(frame); });
  }`);
  return () => page.evaluate<Watched>("({ gaps, longTasks })");
}
