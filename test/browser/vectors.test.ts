/** The vectors in a real browser, with its own WebCrypto: the same answers as everywhere else. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { chromium } from "playwright-core";
import { bundleCheck } from "../runtimes/bundle-check.ts";
import { FLAGS } from "./open-console.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-browser-vectors-"));
after(() => rmSync(folder, { recursive: true }));

it("Chromium answers every vector as the specification has it", async () => {
  const script = await bundleCheck({
    folder,
    name: "chromium",
    conditions: ["browser"],
    entry:
      "globalThis.answer = checkRuntime(vectors).catch((error) => `failed: ${error.message}`);",
  });
  // WebCrypto is there only in a secure context: this machine's own address is one.
  const server = createServer((request, response) => {
    const isScript = request.url === "/check.js";
    response.setHeader(
      "content-type",
      isScript ? "text/javascript" : "text/html",
    );
    response.end(
      isScript
        ? readFileSync(script)
        : '<!doctype html><script type="module" src="/check.js"></script>',
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({
    executablePath: process.env["ASSAY_CHROMIUM"] || "/usr/bin/chromium",
    args: [...FLAGS],
  });
  try {
    const page = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction("globalThis.answer !== undefined");
    const answer = await page.evaluate<string>("globalThis.answer");
    assert.match(answer, /^web: \d+ algorithms, \d+ vectors$/);
  } finally {
    await browser.close();
    server.close();
  }
});
