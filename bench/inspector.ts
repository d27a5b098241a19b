/**
 * How the inspector feels, in a real Chromium: the frames while one types in a token of 16 KiB, how long from a paste to the verdict, how long
 * until the page can be used, and how large the one file is. `--json` prints rows only.
 */
import { gzipSync } from "node:zlib";
import { generateKey, sign } from "@assay/token";
import { provideChromium } from "../scripts/chromium.ts";
import { paste, startConsole, verdict } from "../test/browser/open-console.ts";
import { typeIntoToken, type Frames } from "../test/browser/typing.ts";
import { report, type Row } from "./measure.ts";
import { median } from "./quantile.ts";

provideChromium();

const rounds = process.argv.includes("--quick") ? 3 : 7;
const share = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(at * (values.length - 1))] ?? 0;

const rows: Row[] = [];
const row = (name: string, value: number, unit: string): void => {
  rows.push({ bench: "inspector", case: name, system: "assay", value, unit });
};

const assay = await startConsole();
try {
  const runs: Frames[] = [];
  for (let i = 0; i < rounds; i++) runs.push(await typeIntoToken(assay));
  const frames = (of: (gaps: readonly number[]) => number): number =>
    median(runs.map(({ gaps }) => of(gaps)));
  row("typing 16 KiB median frame", frames(median), "ms");
  row(
    "typing 16 KiB p99 frame",
    frames((gaps) => share(gaps, 0.99)),
    "ms",
  );
  row(
    "typing 16 KiB slowest frame",
    frames((gaps) => Math.max(...gaps)),
    "ms",
  );
  row(
    "typing 16 KiB long tasks",
    median(runs.map(({ longTasks }) => longTasks.length)),
    "tasks",
  );

  const token = await sign({ iss: "a", exp: 1 }, await generateKey("ES256"));
  const ready: number[] = [];
  const answered: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const { page } = await assay.open(assay.inspector("file"));
    await page.locator(".paste .cm-content").waitFor();
    ready.push(await page.evaluate<number>("performance.now()"));
    const start = performance.now();
    await paste(page, token);
    await verdict(page, /^Refused/);
    answered.push(performance.now() - start);
    await page.context().close();
  }
  row("file until usable", median(ready), "ms");
  row("paste to verdict", median(answered), "ms");

  const response = await fetch(assay.inspector("served"));
  const file = Buffer.from(await response.arrayBuffer());
  row("file", file.length / 1024, "KiB");
  row("file gzipped", gzipSync(file, { level: 9 }).length / 1024, "KiB");
} finally {
  await assay.close();
}
report(rows);
