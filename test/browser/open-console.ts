/** The inspector as people open it: built from the sources, served by the server, in a real Chromium. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "@assay/issuer";
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { build } from "vite";

export interface OpenedPage {
  readonly page: Page;
  /** Every request that the page or its worker made, by its address, in order. */
  readonly requests: readonly string[];
  /** What the console said and what was thrown: refusals of the page's policy are here. */
  readonly complaints: readonly string[];
  /** The policy that came with each answer, by its address. */
  readonly policies: ReadonlyMap<string, string>;
}

export interface Inspector {
  readonly url: string;
  open(options?: BrowserContextOptions): Promise<OpenedPage>;
  close(): Promise<void>;
}

/** The browser keeps to itself: what it asks for on its own would be mistaken for the page's requests. */
export const FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function startInspector(): Promise<Inspector> {
  const folder = mkdtempSync(join(tmpdir(), "assay-inspector-"));
  await build({
    root: fileURLToPath(new URL("../../packages/console/", import.meta.url)),
    logLevel: "warn",
    build: { outDir: folder, emptyOutDir: true },
  });
  const server = await startServer(
    { port: 0, consoleFolder: folder },
    { env: {}, say: () => {}, signals: false },
  );
  const browser = await chromium.launch({
    executablePath: process.env["ASSAY_CHROMIUM"] || "/usr/bin/chromium",
    args: [...FLAGS],
  });
  return {
    url: server.url,
    open: (options) => openPage(browser, server.url, options),
    async close() {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    ...options,
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  const policies = new Map<string, string>();
  context.on("response", (response) =>
    policies.set(
      response.url(),
      response.headers()["content-security-policy"] ?? "",
    ),
  );
  // The context hears what the worker asks for, too.
  context.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const response = await page.goto(url, { waitUntil: "networkidle" });
  assert.equal(response?.status(), 200);
  await page.getByRole("heading", { name: "What did you get?" }).waitFor();
  return { page, requests, complaints, policies };
}

/** Puts a text into the paste box, as a paste does. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "What did you get?" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

/** Waits until the verdict says this. */
export async function verdict(page: Page, words: RegExp): Promise<void> {
  await page
    .getByRole("status")
    .getByRole("heading", { name: words })
    .waitFor({ timeout: 5000 });
}

/** The strip, as it stands: each cell's step and word. */
export async function strip(page: Page): Promise<Record<string, string>> {
  const cells = page.getByRole("list", { name: "The nine steps" });
  const texts = await cells
    .getByRole("button")
    .evaluateAll((buttons) =>
      buttons.map((button) => [
        button.querySelector(".cell-step")?.textContent ?? "",
        button.querySelector(".cell-word")?.textContent ?? "",
      ]),
    );
  return Object.fromEntries(texts) as Record<string, string>;
}
