/**
 * `npm run pictures`: renews the pictures of the README, in docs/pictures.
 * `npm run pictures -- FOLDER CASES.jsonl…`: instead, the first screen of each case, {id, inquiry} a line, as a laptop shows it: what a new
 * user sees without scrolling. Pictures go to the folder, and so does what lay outside the screen.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import {
  paste,
  startConsole,
  type Console,
} from "../test/browser/open-console.ts";
import { provideChromium } from "./chromium.ts";
import { repositoryPath } from "./repository.mjs";

interface Picture {
  readonly name: string;
  readonly hash: string;
  readonly prepare: (page: Page) => Promise<void>;
}

const sample = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel("Samples").selectOption(name);
  await page.locator(".verdict").waitFor();
};

const PICTURES: readonly Picture[] = [
  {
    name: "inspector",
    hash: "",
    prepare: (page) => sample(page, "secret"),
  },
  {
    name: "handbook",
    hash: "#/causes/key.rotated",
    prepare: async (page) => {
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "tour",
    hash: "#/tour",
    prepare: async (page) => {
      await page.getByRole("button", { name: /Change a claim/ }).click();
      await page.locator(".verdict-rejected").waitFor();
    },
  },
];

provideChromium();

const [, , folder, ...cases] = process.argv;
const assay = await startConsole();
try {
  if (folder === undefined) await ofTheReadme(assay);
  else await ofCases(assay, folder, cases);
} finally {
  await assay.close();
}

async function ofTheReadme(from: Console): Promise<void> {
  const to = repositoryPath("docs/pictures");
  mkdirSync(to, { recursive: true });
  for (const { name, hash, prepare } of PICTURES) {
    const { page } = await from.open(from.inspector("served", hash));
    await prepare(page);
    await settled(page);
    await page.screenshot({ path: join(to, `${name}.png`) });
    await page.context().close();
  }
}

async function ofCases(
  from: Console,
  to: string,
  files: readonly string[],
): Promise<void> {
  mkdirSync(to, { recursive: true });
  const { page } = await from.open(from.inspector("served"));
  const lines = files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== ""),
  );
  for (const line of lines) {
    const { id, inquiry } = JSON.parse(line) as {
      readonly id: string;
      readonly inquiry: object;
    };
    await paste(page, JSON.stringify(inquiry, null, 2));
    await settled(page);
    await page.screenshot({ path: join(to, `${id}.png`) });
    const outside = await page
      .locator(".verdict, .strip, .cause:first-of-type dd")
      .evaluateAll(
        (parts, bottom) =>
          parts
            .filter((part) => part.getBoundingClientRect().bottom > bottom)
            .map((part) => part.textContent.slice(0, 60)),
        page.viewportSize()?.height ?? 0,
      );
    process.stdout.write(
      `${id}: ${outside.length === 0 ? "all on the first screen" : `outside: ${outside.join(" | ")}`}\n`,
    );
  }
}

/** No motion goes on, and the answer to what was typed last is there. */
function settled(page: Page): Promise<void> {
  return page.waitForTimeout(500);
}
