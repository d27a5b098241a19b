/** Captures in the inspector, in both of its forms: a file is opened or dropped, a large text pasted, one of several requests chosen, edited and compared. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import {
  CLAIMS,
  token,
  visitInspector,
  withSecret,
} from "./inspector-fixture.ts";
import { har } from "./inspector-har.ts";
import { copyText } from "./inspector-large-text.ts";
import {
  FORMS,
  paste,
  startConsole,
  verdict,
  type Console,
  type OpenOptions,
} from "./open-console.ts";

const LARGE = har({ body: 100_000, mebibytes: 2, token });
const SMALL = har({ body: 30, mebibytes: 0.006, token });
const other: string = await withSecret({ ...CLAIMS, sub: "bob" });
/** What a terminal wrote: two requests, and the last was refused. */
const CURL_OUTPUT = [
  "* Connected to api.example.com (127.0.0.1) port 80",
  ...[
    [other, "200 OK"],
    [token, "401 Unauthorized"],
  ].flatMap(([bearer, status], i) => [
    `> GET /orders/${i}?code=s3cr3t HTTP/1.1`,
    "> Host: api.example.com",
    `> Authorization: Bearer ${bearer}`,
    ">",
    `< HTTP/1.1 ${status}`,
    "<",
  ]),
].join("\r\n");

let assay: Console;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-captures-"));
  assay = await startConsole();
});
after(async () => {
  await assay.close();
  rmSync(folder, { recursive: true });
});

const ASK = "What did you get?";
const box = (page: Page) => page.getByRole("textbox", { name: ASK });
const card = (page: Page) => page.getByRole("group", { name: ASK });
const chosen = (page: Page) => page.getByLabel(/^Judged: request /);
const claims = (page: Page) => page.getByRole("table", { name: /^Claims/ });

const file = (name: string, text: string | Buffer) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(text),
});

/** By the button, as a person does it. */
async function open(
  page: Page,
  chosenFile: ReturnType<typeof file> | string,
  of = ASK,
): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: `Open a file: ${of}` }).press("Enter");
  await (await choosing).setFiles(chosenFile);
}

/** On the box, from another window. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(`{
    const transfer = new DataTransfer();
    const file = new File([${JSON.stringify(text)}], ${JSON.stringify(name)});
    transfer.items.add(file);
    transfer;
  }`);
  const place = page.locator(".paste, .large-card").first();
  await place.dispatchEvent("dragover", { dataTransfer: data });
  await place.dispatchEvent("drop", { dataTransfer: data });
}

for (const form of FORMS) {
  const visit = (
    use: (page: Page) => Promise<void>,
    options?: OpenOptions,
  ): Promise<void> =>
    visitInspector(assay, async ({ page }) => use(page), options, form);

  describe(`a capture, ${form}`, () => {
    it("is opened as a file, which is named and never shown whole", () =>
      visit(async (page) => {
        await open(page, file("orders.har", LARGE));
        await verdict(page, /^Refused|^Cannot tell/);
        const words = await card(page).innerText();
        assert.match(words, /orders\.har/);
        assert.match(words, /\d\.\d MiB · Read as a HAR\./);
        assert.equal(await box(page).count(), 0);
        assert.match(
          await page.locator(".ask").innerText(),
          /Judged: request 7 of 13/,
        );
        await claims(page).getByText('"alice"').waitFor();
        await page.getByRole("button", { name: "Remove orders.har" }).click();
        await page.getByText("Paste what you have.").waitFor();
        assert.equal((await box(page).innerText()).trim(), await hint(page));
        // The box has the focus again.
        await page.keyboard.insertText(token);
        await page.getByText("Read as a bare token.").waitFor();
      }));

    it("is dropped on the box, and another on it", () =>
      visit(async (page) => {
        await drop(page, "first.har", LARGE);
        await card(page).getByText("first.har").waitFor();
        await page.getByText("Read as a HAR.").waitFor();
        await drop(page, "second.har", LARGE);
        await card(page).getByText("second.har").waitFor();
        // One that the box can hold stands in it, and can be changed there.
        await drop(page, "third.har", SMALL);
        await box(page).getByText('"log"').waitFor();
        await chosen(page).waitFor();
        await box(page).press("ControlOrMeta+Home");
        await page.keyboard.insertText("no HAR ");
        await page.getByText("Read as a bare token.").waitFor();
      }));

    it("is pasted, and then stands there as a file does", () =>
      visit(
        async (page) => {
          await paste(page, "typed before");
          await copyText(page, LARGE);
          await box(page).press("ControlOrMeta+v");
          await card(page).getByText("Pasted text").waitFor();
          await claims(page).getByText('"alice"').waitFor();
          const focused = page.locator(":focus");
          assert.equal(await focused.innerText(), "Remove");
          // What is short replaces it, and is shown.
          await copyText(page, other);
          await focused.press("ControlOrMeta+v");
          await claims(page).getByText('"bob"').waitFor();
          await box(page).getByText(other.slice(0, 30)).waitFor();
        },
        { permissions: ["clipboard-read", "clipboard-write"] },
      ));

    it("has one request that is judged, and another that one may choose", () =>
      visit(async (page) => {
        await paste(page, CURL_OUTPUT);
        await claims(page).getByText('"alice"').waitFor();
        await page.getByText("Judged: request 2 of 2").waitFor();
        const offered = await chosen(page).locator("option").allInnerTexts();
        // Whoever stands behind the screen reads no code.
        assert.deepEqual(offered, [
          "1 · 200 · GET http://api.example.com/orders/0",
          "2 · 401 · GET http://api.example.com/orders/1",
        ]);
        await chosen(page).selectOption("1");
        await claims(page).getByText('"bob"').waitFor();
        await page.getByText("Judged: request 1 of 2").waitFor();
        // The choice is taken along.
        await page.getByRole("link", { name: "Edit and sign" }).click();
        assert.match(
          await page.getByRole("textbox", { name: "Claims" }).inputValue(),
          /"bob"/,
        );
        await page.getByRole("link", { name: "Inspect" }).click();
        await chosen(page).selectOption("2");
        await claims(page).first().getByText('"alice"').waitFor();
        await page.getByRole("link", { name: "Edit and sign" }).click();
        await page
          .getByRole("textbox", { name: "Claims" })
          .and(page.locator(":visible"))
          .waitFor();
        assert.match(
          await page.getByRole("textbox", { name: "Claims" }).inputValue(),
          /"alice"/,
        );
      }));

    it("is edited and compared by the token in it", () =>
      visit(async (page) => {
        await open(page, file("orders.har", LARGE));
        await claims(page).getByText('"alice"').waitFor();
        await page.getByRole("link", { name: "Edit and sign" }).click();
        assert.match(
          await page.getByRole("textbox", { name: "Claims" }).inputValue(),
          /"alice"/,
        );
        await page.getByRole("link", { name: "Compare" }).click();
        const shown = page.getByRole("textbox", { name: "The first token" });
        assert.equal((await shown.innerText()).replaceAll(/\s/g, ""), token);
        const second = "The second token";
        await open(page, file("none.txt", "x".repeat(600_000)), second);
        await page.getByText("No header or claims can be read").waitFor();
        await open(
          page,
          file("bob.har", har({ body: 100_000, mebibytes: 1, token: other })),
          second,
        );
        await page
          .getByRole("table", { name: "Differences" })
          .getByRole("row", { name: /^sub changed/ })
          .waitFor();
      }));
  });
}

describe("a file", () => {
  const visit = (
    use: (page: Page) => Promise<void>,
    options?: OpenOptions,
  ): Promise<void> =>
    visitInspector(assay, async ({ page }) => use(page), options);

  it("is read in the encoding that Windows PowerShell writes, too", () =>
    visit(async (page) => {
      const text = Buffer.from(`\uFEFF${CURL_OUTPUT}`, "utf16le");
      await open(page, file("out.txt", text));
      await page.getByText("Read as what curl -v tells.").waitFor();
      await claims(page).getByText('"alice"').waitFor();
    }));

  it("that is too large is refused, and what stood there stays", () =>
    visit(async (page) => {
      await paste(page, token);
      await page.getByText("Read as a bare token.").waitFor();
      const path = join(folder, "all.har");
      writeFileSync(path, "");
      truncateSync(path, 128 * 1024 * 1024 + 1);
      await open(page, path);
      await page
        .getByRole("alert")
        .getByText("Expected at most 128.0 MiB. Found all.har (128.0 MiB).")
        .waitFor();
      await box(page).getByText(token.slice(0, 30)).waitFor();
    }));

  it("that has changed since it was chosen is not read, and the page says so", () =>
    visit(async (page) => {
      for (const [name, text] of [
        ["small.har", SMALL],
        ["large.har", LARGE],
      ] as const) {
        const path = join(folder, name);
        writeFileSync(path, text);
        const data = await heldFile(page, path);
        writeFileSync(path, `${text} `);
        await page
          .locator(".paste-box")
          .dispatchEvent("drop", { dataTransfer: data });
        await page
          .getByRole("alert")
          .getByText(/cannot be read/)
          .waitFor();
      }
    }));

  it("that is no text is not judged, however large it is", () =>
    visit(async (page) => {
      const picture = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
      await open(page, file("small.png", picture));
      await page
        .getByRole("alert")
        .getByText("small.png is no text.")
        .waitFor();
      const filled = Buffer.concat([picture, Buffer.alloc(600_000)]);
      await open(page, file("large.png", filled));
      await page
        .getByRole("alert")
        .getByText("This cannot be judged: the file is no text.")
        .waitFor();
    }));

  it("that misses the box leaves the page where it is", () =>
    visit(async (page) => {
      await paste(page, token);
      const kept = await page.evaluate(`{
        const transfer = new DataTransfer();
        transfer.items.add(new File(["x"], "x.txt"));
        const refused = (type) => !document.querySelector(".answer").dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
        refused("dragover") && refused("drop");
      }`);
      assert.equal(kept, true);
    }));

  it("is spoken of in German", () =>
    visit(
      async (page) => {
        await page
          .locator('input[type="file"]')
          .setInputFiles(file("orders.har", LARGE));
        await verdict(page, /^Abgelehnt|^Nicht/);
        const words = await page.locator(".ask").innerText();
        assert.match(words, /\d,\d MiB · Gelesen als HAR\./);
        assert.match(words, /Beurteilt: Anfrage 7 von 13/);
        assert.match(words, /Datei öffnen oder auf dem Feld ablegen\./);
        await page
          .getByRole("button", { name: "Entfernen: orders.har" })
          .click();
        await page.getByRole("textbox", { name: "Was liegt vor?" }).waitFor();
      },
      { locale: "de-DE" },
    ));
});

const hint = (page: Page): Promise<string> =>
  page.locator(".cm-placeholder").innerText();

/** A file as the browser holds it between the choice and the reading. */
async function heldFile(page: Page, path: string) {
  await page.evaluate(`{
    const input = document.createElement("input");
    input.type = "file"; input.id = "held"; input.hidden = true;
    document.body.append(input);
  }`);
  await page.locator("#held").setInputFiles(path);
  return page.evaluateHandle(`{
    const input = document.querySelector("#held");
    const transfer = new DataTransfer();
    transfer.items.add(input.files[0]);
    input.remove();
    transfer;
  }`);
}
