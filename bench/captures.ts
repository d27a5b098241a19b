/**
 * How long it takes to find the failing request in a HAR of 50 MiB, and in one of many small requests, beside JSON.parse alone, which is
 * the least that any reader needs; and how long the inspector takes for the same HAR in a real Chromium, from opening the file or pasting its
 * text to the verdict, and what its main thread feels of it. `--json` prints rows only; `--quick` fewer rounds; `--no-browser` leaves
 * Chromium out.
 */
import { readPasted } from "@assay/diagnosis";
import { provideChromium } from "../scripts/chromium.ts";
import { har, type HarShape } from "../test/browser/inspector-har.ts";
import {
  giveLargeText,
  type How,
} from "../test/browser/inspector-large-text.ts";
import { startConsole } from "../test/browser/open-console.ts";
import { report, type Row } from "./measure.ts";
import { median } from "./quantile.ts";

const rounds = process.argv.includes("--quick") ? 3 : 9;

interface Shape extends HarShape {
  readonly name: string;
}

const SHAPES: readonly Shape[] = [
  { name: "HAR 50 MiB, bodies", body: 100_000, mebibytes: 50 },
  { name: "HAR 50 MiB, requests", body: 200, mebibytes: 50 },
];

const rows: Row[] = [];

const WAYS: Readonly<Record<How, string>> = {
  file: "opened",
  paste: "pasted",
};

function row(name: string, system: string, values: readonly number[]): void {
  const add = (of: string, value: number): void => {
    rows.push({ bench: "captures", case: of, system, value, unit: "ms" });
  };
  add(name, median(values));
  add(`${name}, slowest`, Math.max(...values));
}

for (const shape of SHAPES) {
  const text = har(shape);
  const times: Record<string, number[]> = {};
  const systems: Readonly<Record<string, () => unknown>> = {
    assay: () => {
      const { form, inquiry } = readPasted(text);
      if (form !== "har" || inquiry.response?.status !== 401)
        throw new Error("the failing request was not found");
    },
    "JSON.parse": () => JSON.parse(text) as unknown,
  };
  for (let round = 0; round < rounds; round++) {
    for (const [system, run] of Object.entries(systems)) {
      const start = performance.now();
      run();
      (times[system] ??= []).push(performance.now() - start);
    }
  }
  for (const [system, values] of Object.entries(times))
    row(shape.name, system, values);
}
if (!process.argv.includes("--no-browser")) await measureInspector();
report(rows);

async function measureInspector(): Promise<void> {
  provideChromium();
  const assay = await startConsole();
  try {
    for (const shape of SHAPES)
      for (const [how, words] of Object.entries(WAYS)) {
        const felt = [];
        const text = har(shape);
        for (let round = 0; round < rounds; round += 3)
          felt.push(await giveLargeText(assay, text, how as How));
        const name = `${shape.name}, ${words}`;
        row(
          `${name}, verdict`,
          "inspector",
          felt.map(({ verdict }) => verdict),
        );
        row(
          `${name}, longest main-thread task`,
          "inspector",
          felt.map(({ longestTask }) => longestTask),
        );
        row(
          `${name}, longest frame`,
          "inspector",
          felt.map(({ longestFrame }) => longestFrame),
        );
      }
  } finally {
    await assay.close();
  }
}
