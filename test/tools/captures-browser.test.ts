/** What Chromium's developer tools copy and export, and the HAR that Playwright records in it: a page that asks an API for one thing after another. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { readPasted } from "@assay/diagnosis";
import { chromium, type Browser, type Page } from "playwright-core";
import {
  COPIES,
  openDeveloperTools,
  type DeveloperTools,
} from "./developer-tools.ts";
import {
  EXPIRED,
  folder,
  freePort,
  listen,
  REFUSAL,
  startApi,
  type Listening,
} from "./loopback.ts";
import { assertExpired, assertLost, header, read, why } from "./reading.ts";

const BEARER = `Bearer ${EXPIRED}`;
/** Characters that each shell would take for its own. */
const ODD = "a'b\"c%d!e$(f)`g^h";
const BODY = '{"amount":3,"note":"it\'s \\"q\\" & more"}';

describe("of a page in Chromium", () => {
  let api: Listening;
  let app: Listening;
  let browser: Browser;
  let page: Page;
  let tools: DeveloperTools;
  let port = 0;
  before(async () => {
    api = await startApi();
    app = await listen((_, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<!doctype html><title>App</title>");
    });
    port = await freePort();
    const isRoot = process.getuid?.() === 0;
    browser = await chromium.launch({
      executablePath: process.env["ASSAY_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        `--remote-debugging-port=${port}`,
        // The tools are opened from within the same browser.
        "--remote-allow-origins=*",
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
    });
    page = await (await browser.newContext()).newPage();
    await page.goto(app.url);
    tools = await openDeveloperTools(browser, page, port);
  });
  after(async () => {
    await browser.close();
    await app.stop();
    await api.stop();
  });

  /** The page asks for each of these with the token, one after another. */
  const ask = (asking: Page, paths: readonly string[]): Promise<void> =>
    asking.evaluate(
      async ({ root, asked, authorization, odd, body }) => {
        for (const one of asked) {
          const posts = one.startsWith("/orders");
          await fetch(root + one, {
            headers: {
              authorization,
              ...(posts && {
                "x-odd": odd,
                "content-type": "application/json",
              }),
            },
            ...(posts && { method: "POST", body }),
          }).then(
            (answer) => answer.text(),
            () => {},
          );
        }
      },
      {
        root: api.url,
        asked: paths,
        authorization: BEARER,
        odd: ODD,
        body: BODY,
      },
    );
  /** What Playwright records, and what the developer tools export with credentials. */
  const hars = async (name: string, paths: readonly string[]) => {
    const path = join(folder, `${name}.har`);
    const context = await browser.newContext({ recordHar: { path } });
    const recorded = await context.newPage();
    await recorded.goto(app.url);
    await ask(recorded, paths);
    await context.close();
    await tools.record(() => ask(page, paths));
    return [readFileSync(path, "utf8"), await tools.har(true)];
  };

  it("the refused request of several is found in a HAR", async () => {
    const asked = ["/fine", "/orders?a[b]={c}", "/fine"];
    for (const text of await hars("refused", asked)) {
      const reading = await read(text);
      assert.equal(reading.form, "har");
      const url = `${api.url}/orders?a[b]={c}`;
      assertExpired(reading, url, BEARER);
      assert.equal(reading.inquiry.request?.body, BODY);
      assert.equal(reading.inquiry.response?.body, REFUSAL);
      assert.equal((await why(text)).causes[0]?.cause, "time.expired");
    }
  });

  it("a HAR without credentials, as the developer tools export it, tells the answer alone", async () => {
    await tools.record(() => ask(page, ["/orders"]));
    const { inquiry, diagnosis } = await read(await tools.har(false));
    assert.equal(inquiry.request, undefined);
    assert.equal(inquiry.response?.status, 401);
    assert.equal(diagnosis.reason, "expiration.expired");
  });

  it("a redirect to another host is where the header was lost", async () => {
    const [from, to] = [`${api.url}/old`, `${api.byName}/orders`];
    for (const text of await hars("lost", ["/fine", "/old"]))
      assertLost(await read(text), from, to, EXPIRED);
  });

  it("a preflight that was refused is why the request was never sent", async () => {
    await tools.record(() => ask(page, ["/fine", "/no-preflight"]));
    const { inquiry, diagnosis } = await read(await tools.har(true));
    assert.equal(inquiry.request?.method, "OPTIONS");
    assert.equal(inquiry.request.url, `${api.url}/no-preflight`);
    assert.equal(diagnosis.causes[0]?.cause, "transit.preflight");
  });

  describe("is copied", () => {
    const path = "/orders?a[b]={c}&d=%20";
    before(() => tools.record(() => ask(page, ["/fine", path, "/fine"])));
    const forms = { c: "curl", f: "fetch", P: "powershell" } as const;
    for (const kind of COPIES) {
      const form = forms[kind[0] as keyof typeof forms];
      it(`a request as ${kind}`, async () => {
        const text = await tools.copy(kind, api.url + path);
        const reading = await read(text);
        assert.equal(reading.form, form, text);
        assert.equal(reading.position, null);
        assertExpired(reading, api.url + path, BEARER);
        const { request } = reading.inquiry;
        assert.equal(request?.method, "POST");
        assert.equal(request.body, BODY);
        assert.equal(header(request, "x-odd"), ODD);
        assert.equal((await why(text)).causes[0]?.cause, "time.expired");
      });

      it(`all requests as ${kind}, of which the first with the token is taken`, async () => {
        const text = await tools.copy(kind);
        const reading = await read(text);
        assert.equal(reading.form, form);
        assertExpired(reading, `${api.url}/fine`, BEARER);
        // Each has its preflight beside it, before or after.
        const all = readPasted(text).capture?.requests ?? [];
        assert.equal(all.length, 6);
        const posted = all.find(({ method }) => method === "POST");
        const other = await read(text, posted?.position);
        assertExpired(other, api.url + path, BEARER);
        assert.equal(other.inquiry.request?.body, BODY);
      });
    }
  });
});
