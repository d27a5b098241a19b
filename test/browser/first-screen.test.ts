/**
 * A new user who pastes a failure finds verdict, cause and fix without scrolling: on a laptop's screen of 1366 by 768, in both languages, for
 * one vector of every cause. (`npm run pictures -- FOLDER CASES.jsonl` draws what is seen.)
 */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { startConsole, type Console } from "./open-console.ts";

interface Vector {
  readonly id: string;
  readonly inquiry: object;
  readonly expected: {
    readonly cause: string | null;
    readonly also: readonly string[];
  };
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The first vector of every cause. */
const vectors = globSync("vectors/*.jsonl", { cwd: root })
  .flatMap((path) => readFileSync(root + path, "utf8").split("\n"))
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Vector)
  .filter(
    ({ expected: { cause } }, i, all) =>
      cause !== null &&
      all.findIndex((other) => other.expected.cause === cause) === i,
  );

const bare = (text: string): string => text.replaceAll(/\s/g, "");

let assay: Console;
before(async () => {
  assay = await startConsole();
});
after(() => assay.close());

for (const [language, locale] of [
  ["English", "en-GB"],
  ["German", "de-DE"],
] as const)
  it(`shows verdict, cause and fix of every cause on the first screen, in ${language}`, async () => {
    const { page, complaints } = await assay.open(assay.inspector("served"), {
      locale,
    });
    assert.ok(vectors.length > 100);
    const box = page.locator(".paste .cm-content");
    for (const { id, inquiry, expected } of vectors) {
      const text = JSON.stringify(inquiry, null, 2);
      const answer = page
        .locator(
          [expected.cause, ...expected.also]
            .map((cause) => `[data-cause="${cause}"]`)
            .join(),
        )
        .first();
      const isAnswered = async (): Promise<boolean> =>
        answer.waitFor({ state: "attached", timeout: 15_000 }).then(
          () => true,
          () => false,
        );
      await box.fill(text);
      if (!(await isAnswered())) {
        // The editor may draw itself anew while the browser fills it, and what was filled in is gone. Only then is it filled in again.
        const seen = bare(await box.innerText()).slice(0, 200);
        assert.ok(
          !bare(text).startsWith(seen),
          `${id}: no answer with ${expected.cause}; the page says ${await page.locator(".verdict").innerText()}`,
        );
        await box.fill(text);
        assert.ok(
          await isAnswered(),
          `${id}: no answer with ${expected.cause}`,
        );
      }
      const outside = await page
        .locator(".verdict, .strip, .answer > .cause:not(.others *) dd")
        .evaluateAll(
          (parts, bottom) =>
            parts
              .filter((part) => part.getBoundingClientRect().bottom > bottom)
              .map((part) => part.textContent.slice(0, 80)),
          768,
        );
      assert.deepEqual(outside, [], id);
    }
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
