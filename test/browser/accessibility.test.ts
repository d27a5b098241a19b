/** What axe finds: nothing, on any page, in both themes, wide and on a phone. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { har } from "./inspector-har.ts";
import { paste, startConsole, verdict, type Console } from "./open-console.ts";

const axe = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

let assay: Console;
before(async () => {
  assay = await startConsole();
});
after(() => assay.close());

/** Opens a page that lets axe in: its own policy would refuse the script. */
async function open(
  address: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const { page } = await assay.open(address, { ...options, bypassCSP: true });
  return page;
}

async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + " " + target.join(" ") + " " + failureSummary)))`,
  );
}

/** Something is wider than the screen. */
const tooWide = (page: Page): Promise<number> =>
  page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");

const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "#/inspect": async () => {},
  "#/inspect with an answer": async (page) => {
    await page
      .getByLabel("Samples")
      .selectOption("The secret is base64, and nobody decoded it");
    await verdict(page, /^Refused/);
    await page.getByRole("button", { name: /^issuer/ }).click();
  },
  "#/inspect with several causes": async (page) => {
    await paste(page, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.AAAA");
    await verdict(page, /./);
  },
  "#/inspect with a large file": async (page) => {
    await page.locator('input[type="file"]').setInputFiles({
      name: "orders.har",
      mimeType: "application/json",
      buffer: Buffer.from(har({ body: 100_000, mebibytes: 1 })),
    });
    await verdict(page, /^Refused/);
    await page.getByLabel(/^Judged: request/).waitFor();
  },
  "#/edit": async (page) => verdict(page, /^Accepted/),
  "#/compare": async (page) => {
    await page.getByRole("button", { name: "Show me an example" }).click();
    await page.getByRole("table").waitFor();
  },
  "#/tour": async (page) => {
    await page.getByRole("button", { name: "Next" }).click();
    await verdict(page, /^Refused/);
  },
  "#/handbook": async (page) => {
    await page.getByRole("searchbox").fill("expired");
    await page.getByRole("search").getByRole("link").first().waitFor();
  },
  "#/causes/key.rotated": async (page) =>
    page.getByRole("heading", { name: "How to mend it" }).waitFor(),
};

describe("axe finds nothing in the inspector", () => {
  for (const [name, prepare] of Object.entries(STATES))
    for (const [how, options] of Object.entries({
      light: {},
      dark: { colorScheme: "dark" as const },
      phone: PHONE,
    }))
      it(`${name}, ${how}`, async () => {
        const page = await open(
          assay.inspector("served", name.split(" ")[0]),
          options,
        );
        await prepare(page);
        assert.deepEqual(await findings(page), []);
        assert.ok((await tooWide(page)) <= 0, "too wide");
        await page.context().close();
      });
});

describe("axe finds nothing on the site", () => {
  it("on any document", async () => {
    const page = await open("/");
    const seen = new Set<string>();
    const waiting = ["/", "/de", "/reasons", "/causes", "/guides"];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      await page.goto(assay.url + path);
      assert.deepEqual(await findings(page), [], path);
      const links = await page
        .locator('a[href^="/"]:not([href^="/inspector"])')
        .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
      waiting.push(...links);
    }
    assert.ok(seen.size > 220, `${seen.size} documents`);
    await page.context().close();
  });

  for (const [how, options] of Object.entries({
    dark: { colorScheme: "dark" as const },
    phone: PHONE,
  }))
    it(how, async () => {
      for (const path of [
        "/",
        "/de",
        "/causes",
        "/causes/key.rotated",
        "/causes/aws.region",
        "/guides/sender-bound-tokens",
        "/guides/reading-aws-errors",
      ]) {
        const page = await open(path, options);
        assert.deepEqual(await findings(page), [], path);
        assert.ok((await tooWide(page)) <= 0, `${path} is too wide`);
        await page.context().close();
      }
    });
});

describe("who asks for no motion", () => {
  it("gets none", async () => {
    const page = await open(assay.inspector("served"), {
      reducedMotion: "reduce",
    });
    await page.getByLabel("Samples").selectOption("A good token");
    await verdict(page, /^Accepted/);
    const moving = await page.evaluate<number>(
      `[...document.querySelectorAll("*")].filter((one) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(one);
        const lasts = (text) => text.split(",").some((part) => parseFloat(part) > 0);
        return lasts(transitionDuration) || (animationName !== "none" && lasts(animationDuration));
      }).length`,
    );
    assert.equal(moving, 0);
    await page.context().close();
  });
});
