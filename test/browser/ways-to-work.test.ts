/** What one does in the inspector besides pasting, in both of its forms: edit and sign, compare, the tour, the handbook, copying, another language. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { exportKey, generateKey, sign } from "@assay/token";
import type { BrowserContextOptions, Page } from "playwright-core";
import {
  FORMS,
  firstCause,
  keysField,
  paste,
  startConsole,
  strip,
  verdict,
  visit,
  type Console,
} from "./open-console.ts";

let assay: Console;
before(async () => {
  assay = await startConsole();
});
after(() => assay.close());

const now = Math.floor(Date.now() / 1000);
const CLAIMS = {
  iss: "https://issuer.example.com",
  aud: "https://api.example.com",
  sub: "alice",
  iat: now - 60,
  exp: now + 3600,
  scope: "orders:read orders:write",
};

for (const form of FORMS) {
  const open = async (
    hash: string,
    use: (page: Page) => Promise<void>,
    options?: BrowserContextOptions,
  ): Promise<void> =>
    visit(
      await assay.open(assay.inspector(form, hash), options),
      async ({ page }) => use(page),
    );

  describe(`edit and sign, ${form}`, () => {
    it("signs with a key made in the page, and says what each step says to a change", () =>
      open("#/edit", async (page) => {
        await verdict(page, /^Accepted/);
        const claims = page.getByRole("textbox", { name: "Claims" });
        const text = await claims.inputValue();
        await claims.fill(text.replace("api.example.com", "other.example.com"));
        await verdict(page, /^Refused: the token is for another audience/);
        const told = await strip(page);
        assert.deepEqual(
          [told["signature"], told["audience"]],
          ["passed", "failed"],
        );
        await page
          .getByLabel("Signature")
          .selectOption("sign it with another key");
        await verdict(page, /^Refused: the signature does not match/);
        await page.getByLabel("Signature").selectOption("sign it not at all");
        await verdict(page, /^Refused: the token is not signed/);
      }));

    it("signs what no library would, because that is what one wants to see", () =>
      open("#/edit", async (page) => {
        await verdict(page, /^Accepted/);
        const claims = page.getByRole("textbox", { name: "Claims" });
        const text = await claims.inputValue();
        await claims.fill(text.replace(/"exp": \d+/, '"exp": "tomorrow"'));
        await verdict(page, /^Refused: a claim has the wrong type/);
        await claims.fill("{");
        await page.getByText("Expected a JSON object.").waitFor();
        await claims.fill(text);
        await verdict(page, /^Accepted/);
      }));

    it("offers each algorithm, the shared secret too", () =>
      open("#/edit", async (page) => {
        for (const alg of ["RS256", "PS256", "EdDSA", "HS256"]) {
          await page.getByLabel("Algorithm").selectOption(alg);
          await page
            .getByRole("table", { name: "Header" })
            .getByText(`"${alg}"`)
            .waitFor();
          await verdict(page, /^Accepted/);
        }
      }));

    it("signs what stands in the fields, also with another algorithm", () =>
      open("#/edit", async (page) => {
        await verdict(page, /^Accepted/);
        const claims = page.getByRole("textbox", { name: "Claims" });
        await claims.fill(
          (await claims.inputValue()).replace("alice", "mallory"),
        );
        await page.getByLabel("Algorithm").selectOption("HS256");
        const header = page.getByRole("table", { name: "Header" });
        await header.getByText('"HS256"').waitFor();
        assert.match(await claims.inputValue(), /mallory/);
        await page
          .getByRole("table", { name: "Claims" })
          .getByText('"mallory"')
          .waitFor();
        await verdict(page, /^Accepted/);
      }));

    it("asks of a pasted token what was asked of it before, by the same clock", () =>
      open("", async (page) => {
        for (const [sample, says] of [
          ["A good token", /^Accepted/],
          ["An ID token where an access token is due", /^Refused: .*kind/],
        ] as const) {
          await page.getByLabel("Samples").selectOption(sample);
          await verdict(page, says);
          await page.getByRole("link", { name: "Edit and sign" }).click();
          const shown = page.locator("div:not([hidden]) > main .verdict h2");
          await shown.getByText(says).waitFor();
          await page.getByRole("link", { name: "Inspect" }).click();
        }
      }));

    it("begins with the token that was pasted, and can keep its signature", () =>
      open("", async (page) => {
        const key = await generateKey("ES256");
        await paste(page, await sign(CLAIMS, key));
        await keysField(page).fill(
          JSON.stringify(exportKey(key, { secret: false })),
        );
        await verdict(page, /^Accepted/);
        await page.getByRole("link", { name: "Edit and sign" }).click();
        await verdict(page, /^Accepted/);
        assert.match(
          await page.getByRole("textbox", { name: "Claims" }).inputValue(),
          /orders:write/,
        );
        // The old signature is judged with the keys that were known before.
        await page
          .getByLabel("Signature")
          .selectOption("keep the old signature");
        await verdict(page, /^Accepted/);
        const claims = page.getByRole("textbox", { name: "Claims" });
        await claims.fill(
          (await claims.inputValue()).replace("alice", "mallory"),
        );
        await verdict(page, /^Refused: the signature does not match/);
        // What was done stays when one goes elsewhere and comes back.
        await page.getByRole("link", { name: "Inspect" }).click();
        await verdict(page, /^Accepted/);
        await page.getByRole("link", { name: "Edit and sign" }).click();
        assert.match(await claims.inputValue(), /mallory/);
        // A token of the page's own has no old signature.
        await page.getByLabel("Start from").selectOption("A good token");
        await verdict(page, /^Accepted/);
        assert.equal(await page.getByLabel("Signature").inputValue(), "fresh");
      }));
  });

  describe(`comparing, ${form}`, () => {
    it("says what was lost and what changed", () =>
      open("#/compare", async (page) => {
        const key = await generateKey("ES256");
        const box = (name: string) => page.getByRole("textbox", { name });
        await box("The first token").click();
        await page.keyboard.insertText(await sign(CLAIMS, key));
        await box("The second token").click();
        const { sub: _, ...rest } = CLAIMS;
        await page.keyboard.insertText(
          await sign(
            { ...rest, scope: "orders:read", exp: CLAIMS.exp + 3600, jti: "x" },
            key,
          ),
        );
        await page
          .getByRole("heading", {
            name: "What changed; lost: sub, orders:write",
          })
          .waitFor();
        const table = page.getByRole("table", { name: "Differences" });
        const row = (name: RegExp) => table.getByRole("row", { name });
        await row(/^sub lost "alice"/).waitFor();
        await row(/^scope changed ?lost: orders:write/).waitFor();
        await row(/^exp changed ?1 hour later/).waitFor();
        await row(/^jti new/).waitFor();
        await page
          .getByRole("button", { name: /members are the same/ })
          .click();
        await row(/^iss same/).waitFor();
      }));

    it("shows an example, and swaps", () =>
      open("#/compare", async (page) => {
        await page.getByRole("button", { name: "Show me an example" }).click();
        await page.getByRole("heading", { name: /lost: / }).waitFor();
        await page.getByRole("button", { name: "Swap them" }).click();
        await page
          .getByRole("table", { name: "Differences" })
          .getByText(/new: /)
          .waitFor();
      }));
  });

  describe(`the tour, ${form}`, () => {
    it("makes a token and breaks it in seven ways", () =>
      open("#/tour", async (page) => {
        await verdict(page, /^Accepted/);
        const chapters = page
          .getByRole("list", { name: "The steps of the tour" })
          .getByRole("button");
        assert.equal(await chapters.count(), 8);
        for (const [title, says, cause] of [
          ["Cut off the end", /^Refused: /, "token.truncated"],
          [
            "Change a claim",
            /^Refused: the signature does not match/,
            "token.altered",
          ],
          ["Wait too long", /^Refused: the token has expired/, "time.expired"],
          [
            "Send it to another API",
            /^Refused: the token is for another audience/,
            "audience.other",
          ],
          [
            "Sign with a key that nobody published",
            /^Refused: no key of the issuer fits/,
            "key.rotated",
          ],
          ["Send the quotation marks too", /^Refused: /, "token.quoted"],
          [
            "Sign it not at all",
            /^Refused: the token is not signed/,
            "token.forged",
          ],
        ] as const) {
          await page.getByRole("button", { name: "Next" }).click();
          await page.getByRole("heading", { name: title }).waitFor();
          // Two chapters in a row may say the same of different causes.
          await page
            .locator("[data-cause]")
            .first()
            .and(page.locator(`[data-cause="${cause}"]`))
            .waitFor();
          await verdict(page, says);
        }
      }));
  });

  describe(`the handbook in the inspector, ${form}`, () => {
    it("is searched by code, by message and by word", () =>
      open("#/handbook", async (page) => {
        const panel = page.getByRole("dialog", { name: "Handbook" });
        const field = panel.getByRole("searchbox");
        for (const [text, title] of [
          ["key.rotated", "key.rotated"],
          ["IDX10511", "signature.mismatch"],
          ["WSGIPassAuthorization", "transit.header_stripped"],
        ] as const) {
          await field.fill(text);
          await panel
            .getByRole("search")
            .getByText(title, { exact: true })
            .first()
            .waitFor();
        }
        await field.fill("key.rotated");
        await panel.getByRole("search").getByRole("link").first().click();
        await panel.getByRole("heading", { name: "How to mend it" }).waitFor();
        await panel.getByRole("link", { name: "All pages" }).click();
        await panel.getByRole("heading", { name: "Guides" }).waitFor();
        await panel.getByRole("button", { name: "Close" }).click();
        await panel.waitFor({ state: "hidden" });
      }));

    it("stays closed when one goes back", () =>
      open("#/tour", async (page) => {
        await verdict(page, /^Accepted/);
        await page.getByRole("link", { name: "Inspect" }).click();
        await page.getByRole("link", { name: "Handbook" }).click();
        const panel = page.getByRole("dialog", { name: "Handbook" });
        await panel.waitFor();
        await page.keyboard.press("Escape");
        await panel.waitFor({ state: "hidden" });
        await page.goBack();
        assert.equal(await panel.isVisible(), false);
      }));

    it("opens a page's example in the inspector", () =>
      open("#/causes/key.secret_encoding", async (page) => {
        await page
          .getByRole("link", { name: "Open the example in the inspector" })
          .click();
        await verdict(page, /^Refused: the signature does not match/);
        assert.equal((await firstCause(page)).code, "key.secret_encoding");
        // Taken apart: the token in the box, the rest in the form.
        assert.match(
          await page
            .getByRole("textbox", { name: "What did you get?" })
            .innerText(),
          /^eyJ/,
        );
        assert.notEqual(await keysField(page).inputValue(), "");
      }));
  });

  describe(`an answer for somebody else, ${form}`, () => {
    it("is copied as text, Markdown and JSON, without the token", () =>
      open(
        "",
        async (page) => {
          const key = await generateKey("ES256");
          const token = await sign({ ...CLAIMS, exp: now - 60 }, key);
          await paste(page, token);
          await keysField(page).fill(
            JSON.stringify(exportKey(key, { secret: false })),
          );
          await page
            .getByRole("button", { name: "signature passed" })
            .waitFor();
          const copied = async (as: string): Promise<string> => {
            await page.evaluate("navigator.clipboard.writeText('')");
            await page.getByRole("button", { name: as, exact: true }).click();
            await page.getByText(/^Copied\./).waitFor();
            // Those words stand there from the time before, too.
            for (;;) {
              const found = await page.evaluate<string>(
                "navigator.clipboard.readText()",
              );
              if (found !== "") return found;
              await page.waitForTimeout(50);
            }
          };
          const text = await copied("Copy the answer as text");
          const markdown = await copied("Copy the answer as Markdown");
          const json = await copied("Copy the answer as JSON");
          assert.match(text, /^Refused: the token has expired\. \[expiration/);
          assert.match(markdown, /^### Refused: the token has expired/);
          const diagnosis = JSON.parse(json) as Record<string, unknown>;
          assert.equal(diagnosis["contract"], 1);
          assert.equal(diagnosis["reason"], "expiration.expired");
          const signature = token.split(".")[2] ?? "";
          for (const one of [text, markdown, json]) {
            assert.ok(!one.includes(token));
            assert.ok(!one.includes(signature));
          }
        },
        { permissions: ["clipboard-read", "clipboard-write"] },
      ));
  });

  describe(`another language, ${form}`, () => {
    it("is the browser's until one chooses, and nothing stays in English", () =>
      open(
        "",
        async (page) => {
          const key = await generateKey("ES256");
          await page.getByRole("textbox", { name: "Was liegt vor?" }).click();
          await page.keyboard.insertText(
            await sign({ ...CLAIMS, exp: now - 60 }, key),
          );
          await page
            .getByLabel("Schlüssel", { exact: true })
            .fill(JSON.stringify(exportKey(key, { secret: false })));
          await verdict(page, /^Abgelehnt: /);
          assert.equal(await page.locator("html").getAttribute("lang"), "de");
          const words = await page.locator("body").innerText();
          assert.doesNotMatch(
            words,
            /\b(the|with|what|which|expected|found|passed|failed|issued|copy)\b/i,
          );
          await page.getByRole("button", { name: "English" }).click();
          await verdict(page, /^Refused: the token has expired/);
          assert.equal(await page.locator("html").getAttribute("lang"), "en");
        },
        { locale: "de-DE" },
      ));
  });
}
