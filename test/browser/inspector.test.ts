/** The inspector in a real browser: what it says, and that it sends nothing. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { exportKey, generateKey, sign } from "@assay/token";
import {
  CLAIMS,
  expired,
  now,
  SECRET,
  token,
  visitInspector,
  withSecret,
  type Use,
} from "./inspector-fixture.ts";
import {
  FORMS,
  firstCause,
  keysField,
  paste,
  startConsole,
  strip,
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

for (const form of FORMS) {
  describe(`the inspector, ${form}`, () => {
    it("is one document, whose policy lets nothing in or out", () =>
      visit(
        async ({ page, requests, policies }) => {
          assert.match(await page.title(), /^Assay/);
          assert.deepEqual(requests, [assay.inspector(form)]);
          const policy = await page
            .locator('meta[http-equiv="Content-Security-Policy"]')
            .getAttribute("content");
          for (const one of [policy ?? "", ...policies.values()]) {
            assert.match(one, /default-src 'none'/);
            assert.match(one, /connect-src 'none'/);
            assert.match(one, /form-action 'none'/);
            assert.match(one, /script-src 'sha256-[\w+/]{43}='/);
            assert.match(one, /style-src 'sha256-[\w+/]{43}='/);
            assert.doesNotMatch(one, /unsafe|https?:|'self'/);
          }
          await page.getByText(/Nothing is sent/).waitFor();
        },
        {},
        form,
      ));

    it("cannot connect to anything, even if it wanted to", async () => {
      const { page } = await assay.open(assay.inspector(form));
      const outcomes = await page.evaluate(async (own) => {
        const tried = [`${own}/health`, "https://example.com/"].map((address) =>
          fetch(address).then(
            () => "answered",
            () => "refused",
          ),
        );
        return Promise.all(tried);
      }, assay.url);
      assert.deepEqual(outcomes, ["refused", "refused"]);
      await page.context().close();
    });

    it("judges what is pasted, and shows samples", () =>
      visit(
        async ({ page }) => {
          await paste(page, token);
          await keysField(page).fill(SECRET);
          await verdict(page, /^Refused: the signature does not match\.$/);
          assert.equal((await firstCause(page)).code, "key.secret_encoding");
          await page.getByRole("button", { name: "Clear" }).click();
          await page.getByLabel("Samples").selectOption("A good token");
          await verdict(page, /^Accepted/);
          await page.getByLabel("Samples").selectOption("A clock is wrong");
          await verdict(
            page,
            /^Refused: the token (is not valid yet|was issued in the future)/,
          );
          await page.getByRole("button", { name: "Clear" }).click();
          await page.getByText("Paste what you have.").waitFor();
        },
        {},
        form,
      ));
  });
}

describe("the page", () => {
  it("keeps nothing of what was pasted", () =>
    visit(async ({ page }) => {
      await paste(page, token);
      await keysField(page).fill(SECRET);
      await page.getByRole("button", { name: "Dark theme" }).click();
      await page.getByRole("button", { name: "Deutsch" }).click();
      await verdict(page, /^Abgelehnt/);
      const kept = await page.evaluate<string>(
        "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href])",
      );
      assert.ok(!kept.includes(token.slice(0, 12)), kept);
      assert.ok(!kept.includes(SECRET.slice(0, 12)), kept);
    }));
});

describe("a sample", () => {
  it("leaves with its expectations when one pastes a token of one's own", () =>
    visit(async ({ page }) => {
      await page
        .getByLabel("Samples")
        .selectOption("The secret is base64, and nobody decoded it");
      await verdict(page, /^Refused: the signature does not match/);
      await paste(page, token);
      await verdict(page, /^Cannot tell/);
      assert.equal(await keysField(page).inputValue(), "");
      assert.equal(await page.getByLabel("Samples").inputValue(), "");
    }));

  it("keeps what one has written into the form oneself", () =>
    visit(async ({ page }) => {
      await paste(page, expired);
      await keysField(page).fill(SECRET);
      await paste(page, token);
      await verdict(page, /^Refused: the signature does not match/);
      assert.equal(await keysField(page).inputValue(), SECRET);
    }));
});

describe("the answer", () => {
  it("tells a base64 secret that was not decoded, and accepts once it is", () =>
    visit(async ({ page }) => {
      await paste(page, token);
      await keysField(page).fill(SECRET);
      await verdict(page, /^Refused: the signature does not match\.$/);
      assert.deepEqual(await strip(page), {
        request: "not asked",
        format: "passed",
        signature: "failed",
        expiration: "passed",
        issuer: "not asked",
        audience: "not asked",
        binding: "not asked",
        scope: "not asked",
        revocation: "not asked",
      });
      const { code, certainty, words } = await firstCause(page);
      assert.deepEqual([code, certainty], ["key.secret_encoding", "shown"]);
      assert.match(words, /Cause, shown/);
      assert.match(words, /Decode the secret from base64/);
      assert.match(words, /verifies when the secret is decoded from base64/);
      await page
        .getByLabel("The API uses the secret")
        .selectOption("decoded from base64");
      await verdict(page, /^Accepted: .*signature.* right\.$/);
      await page.getByRole("table", { name: "Claims" }).first().waitFor();
    }));

  it("says all that fails, and draws the time", () =>
    visit(async ({ page }) => {
      await paste(page, expired);
      await keysField(page).fill(SECRET);
      await verdict(page, /^Refused: the signature does not match\.$/);
      const { signature, expiration } = await strip(page);
      assert.deepEqual([signature, expiration], ["failed", "failed"]);
      await page
        .getByText(/expired 3 hours (?:1[2-9]|[2-5]\d) minutes ago/)
        .first()
        .waitFor();
      const drawing = page.getByRole("img", { name: /exp: expired 3 hours/ });
      assert.equal(await drawing.locator("circle").count(), 3);
    }));

  it("shows header and claims with what they mean, as text and nothing else", () =>
    visit(async ({ page }) => {
      const hostile = '<img src="https://evil.example/x" onerror="alert(1)">';
      const claims = { ...CLAIMS, sub: hostile, "\u202eevil": "a\u001b[2J" };
      await paste(page, await withSecret(claims));
      const table = page.getByRole("table", { name: /^Claims/ });
      await table
        .getByRole("row", { name: /^iss .* who issued it$/ })
        .waitFor();
      assert.ok((await table.innerText()).includes("evil.example"));
      assert.doesNotMatch(await table.innerText(), /[\u202e\u001b]/);
      assert.equal(await page.locator("img").count(), 0);
      await page
        .getByRole("table", { name: /^Header/ })
        .getByRole("row", { name: /^alg "HS256"/ })
        .waitFor();
    }));

  it("verifies with a JWK Set, a PEM or a JWK, told apart by their look", () =>
    visit(async ({ page }) => {
      const key = await generateKey("ES256");
      const jwk = exportKey(key, { secret: false });
      await paste(page, await sign(CLAIMS, key));
      await verdict(page, /^Cannot tell: the issuer's keys are not known here/);
      for (const keys of [{ keys: [jwk] }, jwk]) {
        await keysField(page).fill(JSON.stringify(keys));
        await page.getByText("taken for a JWK Set of 1 key").waitFor();
        await verdict(page, /^Accepted/);
        await keysField(page).fill("");
        await verdict(page, /^Cannot tell/);
      }
      await keysField(page).fill('{"keys"');
      await page.getByText(/Expected a JWK Set.*no JSON/).waitFor();
    }));

  it("shows a guess as a guess, and checks it only when it is taken over", () =>
    visit(async ({ page }) => {
      await paste(page, token);
      await verdict(page, /^Cannot tell/);
      const issuer = page.getByRole("textbox", { name: "Issuer" });
      assert.equal(await issuer.getAttribute("placeholder"), CLAIMS.iss);
      assert.equal(await issuer.inputValue(), "");
      assert.equal((await strip(page))["issuer"], "not asked");
      await page.getByRole("button", { name: "Check it: issuer" }).click();
      assert.equal(await issuer.inputValue(), CLAIMS.iss);
      await page.getByRole("button", { name: "issuer passed" }).waitFor();
      await issuer.fill(`${CLAIMS.iss}/`);
      await page.getByRole("button", { name: "issuer failed" }).waitFor();
      const [remark] = await page.getByText(/issuer\.example\.com\//).all();
      assert.ok(remark);
    }));

  it("reads a curl command, a header, an HTTP message and an inquiry", () =>
    visit(async ({ page }) => {
      const read = async (text: string, words: string): Promise<void> => {
        await paste(page, text);
        await page.getByText(`Read as ${words}.`).waitFor();
      };
      await read(token, "a bare token");
      await read(`Authorization: Bearer ${token}`, "an Authorization header");
      await read(
        `curl 'https://api.example.com/x' \\\n  -H 'authorization: Basic YTpi'`,
        "a curl command",
      );
      await verdict(
        page,
        /^Refused: the Authorization header has another scheme/,
      );
      await read(
        `GET /x HTTP/1.1\nHost: api.example.com\n\nHTTP/1.1 401 Unauthorized\n\n`,
        "an HTTP request and its response",
      );
      await verdict(page, /^Refused: the request carries no token/);
      const inquiry = {
        token,
        policy: {
          secret: SECRET,
          secretEncoding: "base64",
          issuer: CLAIMS.iss,
        },
        now: new Date((CLAIMS.exp + 60) * 1000).toISOString(),
      };
      await read(JSON.stringify(inquiry, null, 2), "an inquiry");
      await verdict(page, /^Refused: the token has expired/);
      assert.equal((await strip(page))["issuer"], "passed");
      await page.getByText("from what you pasted, checked").first().waitFor();
    }));

  it("is that of the last keystroke, however fast they come", () =>
    visit(async ({ page }) => {
      await keysField(page).fill(SECRET);
      await page.getByLabel("The API uses the secret").selectOption("base64");
      await paste(page, "");
      await page.keyboard.type(token);
      await verdict(page, /^Accepted/);
      await page.keyboard.press("Backspace");
      await verdict(page, /^Refused/);
      await page.keyboard.type(token.at(-1) ?? "");
      await verdict(page, /^Accepted/);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Backspace");
      await page.getByText("Paste what you have.").waitFor();
    }));

  it("judges by the clock that one names", () =>
    visit(async ({ page }) => {
      await paste(page, expired);
      await keysField(page).fill(SECRET);
      await page.getByLabel("The API uses the secret").selectOption("base64");
      await verdict(page, /^Refused: the token has expired/);
      const at = new Date(
        (now - 13_000) * 1000 - new Date().getTimezoneOffset() * 60_000,
      );
      await page.getByLabel("Judge at").fill(at.toISOString().slice(0, 19));
      await verdict(page, /^Accepted/);
    }));
});
