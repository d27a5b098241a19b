/** The console as people open it: built from the sources, served by the server or opened as a file, in a real Chromium. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startServer } from "@assay/issuer";
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { buildConsole } from "../../packages/console/build/build.ts";

export interface OpenedPage {
  readonly page: Page;
  /** Every request that the page or its worker made over any network or to any file, by its address, in order: the document is the first. */
  readonly requests: readonly string[];
  /** What the console said and what was thrown: refusals of the page's policy are here. */
  readonly complaints: readonly string[];
  /** The policy that came with each answer, by its address. */
  readonly policies: ReadonlyMap<string, string>;
}

/** The inspector is served, and it is a file that needs no server. */
export type Form = "served" | "file";
export const FORMS: readonly Form[] = ["served", "file"];

export interface OpenOptions extends BrowserContextOptions {
  /** Runs in the page before any script of its own: for a browser that lacks something. */
  readonly before?: string;
}

export interface Console {
  readonly url: string;
  /** Where the inspector is, with what stands after #. */
  inspector(form: Form, hash?: string): string;
  /** Opens an address of the server, or a whole URL. */
  open(address: string, options?: OpenOptions): Promise<OpenedPage>;
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

export async function startConsole(): Promise<Console> {
  const folder = mkdtempSync(join(tmpdir(), "assay-console-"));
  const dataFolder = mkdtempSync(join(tmpdir(), "assay-data-"));
  await buildConsole(folder);
  const server = await startServer(
    { port: 0, consoleFolder: folder, dataFolder },
    { env: {}, say: () => {}, note: () => {}, signals: false },
  );
  const browser = await chromium.launch({
    executablePath: process.env["ASSAY_CHROMIUM"] || "/usr/bin/chromium",
    args: [...FLAGS],
  });
  const file = pathToFileURL(join(folder, "inspector.html")).href;
  return {
    url: server.url,
    inspector: (form, hash = "") =>
      `${form === "file" ? file : `${server.url}/inspector`}${hash}`,
    open: (address, options) =>
      openPage(browser, new URL(address, server.url).href, options),
    async close() {
      await browser.close();
      await server.close();
      rmSync(dataFolder, { recursive: true });
      rmSync(folder, { recursive: true });
    },
  };
}

async function openPage(
  browser: Browser,
  url: string,
  { before, ...options }: OpenOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: "en-GB",
    ...options,
  });
  if (before !== undefined) await context.addInitScript(before);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const requests: string[] = [];
  const complaints: string[] = [];
  const policies = new Map<string, string>();
  context.on("response", (response) => {
    if (response.url().startsWith("http"))
      policies.set(
        response.url(),
        response.headers()["content-security-policy"] ?? "",
      );
  });
  // The context hears what the worker asks for, too. What the page holds itself is asked of nobody.
  context.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const response = await page.goto(url, { waitUntil: "load" });
  if (url.startsWith("http")) assert.equal(response?.status(), 200, url);
  // The inspector is drawn by its script.
  if (/inspector(\.html)?(#|$)/.test(url))
    await page.locator("main").first().waitFor();
  return { page, requests, complaints, policies };
}

/** Uses a page, and demands that it asked for nothing after its load and complained of nothing. */
export async function visit(
  opened: OpenedPage,
  use: (opened: OpenedPage) => Promise<void>,
): Promise<void> {
  const loaded = opened.requests.length;
  try {
    await use(opened);
    assert.deepEqual(opened.requests.slice(loaded), [], "requests after load");
    assert.deepEqual(opened.complaints, []);
  } finally {
    await opened.page.context().close();
  }
}

/**
 * Puts a text into the paste box in place of what stands there, as people do, by the keyboard. Playwright's `fill` selects and types in one
 * step: the editor, which draws of a long text only what is near the eye, has not heard of the selection yet, and keeps what is not drawn.
 */
export async function paste(page: Page, text: string): Promise<void> {
  await page.locator(".paste").getByRole("textbox").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  // The answer to the old text goes a moment after it.
  await page.locator("div.nothing-yet").waitFor();
  await page.keyboard.insertText(text);
}

/** Waits until the verdict says this. */
export async function verdict(page: Page, words: RegExp): Promise<void> {
  await page
    .locator(".verdict")
    .getByRole("heading", { name: words })
    .waitFor({ timeout: 60_000 });
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

/** The first cause, as it stands: its code, how certain it is, and all its words. */
export async function firstCause(
  page: Page,
): Promise<{ code: string | null; certainty: string | null; words: string }> {
  const cause = page.locator("[data-cause]").first();
  return {
    code: await cause.getAttribute("data-cause"),
    certainty: await cause.getAttribute("data-certainty"),
    words: await cause.innerText(),
  };
}

export const keysField = (page: Page) =>
  page.getByRole("textbox", { name: "Keys", exact: true });
