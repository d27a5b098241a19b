/**
 * A new user who pastes a failure finds verdict, cause and fix without scrolling: on a laptop's screen of 1366 by 768, in both languages, for
 * one vector of every cause. (`npm run pictures -- FOLDER CASES.jsonl` draws what is seen.)
 */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { paste, startConsole, type Console } from "./open-console.ts";

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
    for (const { id, inquiry, expected } of vectors) {
      await paste(page, JSON.stringify(inquiry, null, 2));
      const causes = [expected.cause, ...expected.also];
      await page
        .locator(causes.map((cause) => `[data-cause="${cause}"]`).join())
        .first()
        .waitFor({ state: "attached", timeout: 60_000 })
        .catch(async () =>
          assert.fail(
            `${id}: no answer with ${expected.cause}; the page says ${await page.locator(".verdict").innerText()}`,
          ),
        );
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
