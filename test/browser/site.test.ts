/** The start page and the handbook as documents: each code has its page, no link is dead, and what is searched is found without a server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import {
  firstCause,
  startConsole,
  verdict,
  type Console,
} from "./open-console.ts";

const { reasons, causes } = JSON.parse(
  readFileSync(
    new URL("../../docs/contract/catalogue.json", import.meta.url),
    "utf8",
  ),
) as { readonly reasons: string[][]; readonly causes: string[][] };

let assay: Console;
before(async () => {
  assay = await startConsole();
});
after(() => assay.close());

describe("the start page", () => {
  it("leads to the inspector, the handbook and the guides, in English and in German", async () => {
    const { page, complaints } = await assay.open("/");
    await page
      .getByRole("heading", { name: "Why is my token invalid?" })
      .waitFor();
    await page.getByRole("link", { name: "Deutsch" }).click();
    await page
      .getByRole("heading", { name: "Warum ist mein Token ungültig?" })
      .waitFor();
    await page.getByRole("link", { name: "Inspektor öffnen" }).click();
    await page
      .getByRole("textbox", { name: /get|vor/ })
      .first()
      .waitFor();
    assert.equal(new URL(page.url()).pathname, "/inspector");
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  it("offers the inspector as one file to keep", async () => {
    const { page } = await assay.open("/");
    const waiting = page.waitForEvent("download");
    await page
      .getByRole("link", { name: "Keep the inspector as a file" })
      .click();
    const download = await waiting;
    assert.equal(download.suggestedFilename(), "assay-inspector.html");
    const kept = readFileSync(await download.path(), "utf8");
    const served = await fetch(`${assay.url}/inspector`);
    assert.equal(kept, await served.text());
    await page.context().close();
  });
});

describe("the handbook", () => {
  it("has a page for every reason and every cause, and no dead link", async () => {
    const codes = [
      ...reasons.map(([code]) => `/reasons/${code}`),
      ...causes.map(([code]) => `/causes/${code}`),
    ];
    const seen = new Map<string, string>();
    const waiting = ["/", "/de", "/reasons", "/causes", "/guides", ...codes];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      const answer = await fetch(assay.url + path, { redirect: "manual" });
      assert.equal(answer.status, 200, path);
      const html = await answer.text();
      seen.set(path, html);
      if (!path.startsWith("/inspector"))
        for (const [, to = ""] of html.matchAll(/(?:href|src)="(\/[^"#]*)/g))
          waiting.push(to);
    }
    for (const code of codes) {
      const html = seen.get(code) ?? "";
      const name = code.split("/")[2] ?? "";
      assert.ok(html.includes(`<code>${name}</code>`), code);
      for (const section of [
        "How it comes about",
        "How to see it",
        "How to mend it",
      ])
        assert.ok(html.includes(`<h2>${section}</h2>`), `${code}: ${section}`);
      assert.ok(
        html.includes(`/inspector#/example${code}`),
        `${code}: example`,
      );
    }
  });

  it("is read without a script", async () => {
    const { page } = await assay.open("/causes/key.rotated", {
      javaScriptEnabled: false,
    });
    await page.getByRole("heading", { name: "How to mend it" }).waitFor();
    assert.equal(await page.getByRole("searchbox").count(), 0);
    await page.context().close();
  });

  it("is searched in the browser, with the keyboard, and nothing that is typed is sent", async () => {
    const { page, requests, complaints } = await assay.open("/reasons");
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("invalid_grant");
    const results = page.getByRole("search").getByRole("link");
    await results.first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/(causes|reasons|guides)\//);
    assert.deepEqual(
      requests.filter((url) => url.includes("invalid_grant")),
      [],
    );
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  it("opens the example of a page in the inspector", async () => {
    const { page } = await assay.open("/causes/time.expired");
    await page
      .getByRole("link", { name: "Open the example in the inspector" })
      .click();
    await verdict(page, /^Refused: the token has expired/);
    assert.equal((await firstCause(page)).code, "time.expired");
    await page.context().close();
  });

  it("keeps the theme that was chosen in the inspector", async () => {
    const { page } = await assay.open("/inspector");
    await page.getByRole("button", { name: "Dark theme" }).click();
    await page.goto(`${assay.url}/guides/refresh`);
    assert.equal(
      await page.evaluate<string>(
        "getComputedStyle(document.body).backgroundColor",
      ),
      "rgb(20, 22, 26)",
    );
    await page.context().close();
  });
});
