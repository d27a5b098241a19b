/** The inspector for everybody: without a mouse, by ear, on a phone, in either theme, and in a browser that lacks something. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  CLAIMS,
  SECRET,
  token,
  visitInspector,
  type Use,
} from "./inspector-fixture.ts";
import {
  keysField,
  paste,
  startConsole,
  verdict,
  type Console,
  type Form,
  type OpenOptions,
} from "./open-console.ts";

let assay: Console;
before(async () => {
  assay = await startConsole();
});
after(() => assay.close());

const visit = (use: Use, options?: OpenOptions, form?: Form): Promise<void> =>
  visitInspector(assay, use, options, form);

describe("where the browser lacks something", () => {
  const visitWithout = (script: string, use: Use): Promise<void> =>
    visit(use, { before: script });

  it("says so in a page that came over plain http, and judges nothing", () =>
    visitWithout(
      "Object.defineProperty(globalThis, 'isSecureContext', { value: false })",
      async ({ page }) => {
        await page
          .getByRole("alert")
          .getByText(/plain http/)
          .waitFor();
        assert.equal(await page.getByRole("textbox").count(), 0);
      },
    ));

  it("says so where workers are not allowed", () =>
    visitWithout(
      "globalThis.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }",
      async ({ page }) => {
        await paste(page, token);
        const alert = page
          .getByRole("alert")
          .getByText(/cannot start the worker/);
        await alert.waitFor();
        await page.getByRole("button", { name: "Clear" }).click();
        await paste(page, token);
        await alert.waitFor();
      },
    ));
});

describe("what is read out", () => {
  it("is there before the first answer, and says verdict and cause", () =>
    visit(async ({ page }) => {
      const spoken = page.locator(".answer > [role=status]").first();
      assert.equal((await spoken.innerText()).trim(), "");
      await paste(page, token);
      await keysField(page).fill(SECRET);
      await spoken.getByText("Issuer and verifier read").waitFor();
      assert.match(
        await spoken.innerText(),
        /^Refused: the signature does not match\. Cause, shown: Issuer and verifier/,
      );
    }));
});

describe("without a mouse", () => {
  it("everything is reached by Tab and opened by Enter", () =>
    visit(async ({ page }) => {
      await page.keyboard.insertText(token);
      await verdict(page, /^Cannot tell/);
      const focused = (): Promise<string> =>
        page.evaluate(
          "document.activeElement.tagName + ' ' + document.activeElement.textContent",
        );
      await page.keyboard.press("Tab");
      assert.match(await focused(), /^BUTTON Open a file/);
      await page.keyboard.press("Tab");
      assert.match(await focused(), /^A Keep this page as a file/);
      await page.keyboard.press("Tab");
      assert.match(await focused(), /^SUMMARY What does the API expect/);
      await page.keyboard.press("Tab");
      await page.keyboard.insertText(SECRET);
      await verdict(page, /^Refused: the signature does not match/);
      for (
        let i = 0;
        i < 30 && !(await focused()).startsWith("BUTTON issuer");
        i++
      )
        await page.keyboard.press("Tab");
      assert.match(await focused(), /^BUTTON issuer–not asked/);
      await page.keyboard.press("Enter");
      await page
        .getByText("Is it of the issuer that the API trusts?")
        .waitFor();
      const cell = page.getByRole("button", { name: "issuer not asked" });
      assert.equal(await cell.getAttribute("aria-expanded"), "true");
    }));

  it("the focus is never lost", () =>
    visit(async ({ page }) => {
      const focused = page.locator(":focus");
      await page.keyboard.insertText(token);
      await verdict(page, /^Cannot tell/);
      await page.getByRole("button", { name: "Check it: Issuer" }).focus();
      await page.keyboard.press("Enter");
      assert.equal(await focused.inputValue(), CLAIMS.iss);
      await page.getByRole("button", { name: "Deutsch" }).focus();
      await page.keyboard.press("Enter");
      assert.equal(await focused.innerText(), "English");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Clear" }).focus();
      await page.keyboard.press("Enter");
      await page.keyboard.insertText(token);
      await verdict(page, /^Cannot tell/);
    }));

  it("one can skip to the answer", () =>
    visit(async ({ page }) => {
      await page.getByLabel("Samples").selectOption("It has expired");
      await verdict(page, /^Refused/);
      await page.locator("body").press("Tab");
      await page.getByRole("button", { name: "Skip to the answer" }).focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      const focused = page.locator(":focus");
      assert.equal(await focused.innerText(), "expiration.expired");
    }));

  it("a code opens its page beside what was pasted, and Escape closes it", () =>
    visit(async ({ page }) => {
      await paste(page, token);
      await keysField(page).fill(SECRET);
      await verdict(page, /^Refused: the signature does not match/);
      const code = page.getByRole("link", { name: "key.secret_encoding" });
      await code.first().focus();
      await page.keyboard.press("Enter");
      const panel = page.getByRole("dialog", { name: "Handbook" });
      await panel
        .getByRole("heading", { name: "One side decodes the secret" })
        .waitFor();
      await panel.getByRole("heading", { name: "How to mend it" }).waitFor();
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "hidden" });
      await verdict(page, /^Refused: the signature does not match/);
    }));

  it("every field and every button has a name", () =>
    visit(async ({ page }) => {
      await paste(page, token);
      await keysField(page).fill(SECRET);
      await verdict(page, /^Refused: the signature does not match/);
      const snapshot = await page.locator("body").ariaSnapshot();
      const unnamed = snapshot.match(
        /- (textbox|button|combobox|img|table|link)(:|$)/gm,
      );
      assert.deepEqual(unnamed, null, snapshot);
    }));
});

describe("on a phone", () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

  it("the verdict comes first, the rest is folded, and nothing is cut off", () =>
    visit(async ({ page }) => {
      await paste(page, token);
      await verdict(page, /^Cannot tell/);
      const answer = await page.locator(".verdict").boundingBox();
      const box = await page
        .getByRole("textbox", { name: "What did you get?" })
        .boundingBox();
      assert.ok(answer && box && answer.y < box.y);
      assert.equal(await keysField(page).isVisible(), false);
      await page.getByText("What does the API expect?").click();
      await keysField(page).fill(SECRET);
      await verdict(page, /^Refused: the signature does not match/);
      const overflow = await page.evaluate<number>(
        "document.documentElement.scrollWidth - innerWidth",
      );
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
    }, phone));
});

describe("the theme", () => {
  it("is the system's until one chooses", () =>
    visit(
      async ({ page }) => {
        const ground = (): Promise<string> =>
          page.evaluate("getComputedStyle(document.body).backgroundColor");
        assert.equal(await ground(), "rgb(20, 22, 26)");
        await page.getByRole("button", { name: "Light theme" }).click();
        assert.equal(await ground(), "rgb(255, 255, 255)");
      },
      { colorScheme: "dark" },
    ));
});
