/** @assay/client in a real browser: two tabs of one sign-in, a key that cannot be read out, an issuer and an API of other origins. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { checkProof } from "@assay/token";
import { chromium, type Browser, type Page } from "playwright-core";
import { rolldown } from "rolldown";
import { repositoryPath } from "../../scripts/repository.mjs";
import { listen, type Listening } from "../../packages/guard/test/listen.ts";
import {
  API,
  runIssuer,
  type RunningIssuer,
} from "../interop/running-issuer.ts";
import { FLAGS } from "./open-console.ts";

let running: RunningIssuer;
let browser: Browser;
let app: Listening;
let api: Listening;
const proofs: boolean[] = [];

const PAGE = `import { createTokenSource } from "/client.js";
import { keptDpopKey, TabStore } from "/client.js";
globalThis.ahead = 0;
globalThis.changes = 0;
globalThis.begin = async (issuer, api, resource) => {
  globalThis.source = createTokenSource({
    issuer, clientId: "page", resource, origins: [api], grant: { type: "authorization_code" },
    store: new TabStore({ name: "app" }), dpop: await keptDpopKey("app"), clock: () => Date.now() + ahead,
  });
  source.onChange(() => changes++);
};
globalThis.ready = true;`;

before(async () => {
  const bundle = await rolldown({
    input: "entry",
    platform: "browser",
    resolve: {
      conditionNames: ["@assay/source", "browser", "import", "default"],
    },
    cwd: repositoryPath("."),
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "entry" ? "\0entry.js" : null),
        load: (id) =>
          id === "\0entry.js"
            ? 'export * from "@assay/client"; export * from "@assay/client/browser";'
            : null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  app = await listen((request, response) => {
    const files: Readonly<Record<string, readonly [string, string]>> = {
      "/client.js": ["text/javascript", output[0].code],
      "/page.js": ["text/javascript", PAGE],
    };
    const [type, text] = files[request.url ?? ""] ?? [
      "text/html",
      '<!doctype html><title>app</title><script type="module" src="/page.js"></script>',
    ];
    response.writeHead(200, { "content-type": type }).end(text);
  });
  api = await listen((request, response) => {
    const cors = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization, dpop",
    };
    if (request.method === "OPTIONS") {
      response.writeHead(204, cors).end();
      return;
    }
    const token =
      /^DPoP (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    void Promise.resolve(
      checkProof(String(request.headers["dpop"]), {
        method: "GET",
        url: `${api.origin}${request.url}`,
        accessToken: token,
        now: Date.now() / 1000,
        maxAge: 60,
        tolerance: 60,
      }),
    ).then(({ findings }) => {
      proofs.push(findings.length === 0);
      return response.writeHead(200, cors).end("fine");
    });
  });
  // The browser shows a page no Date of another origin: the nonce stands for the time.
  running = await runIssuer({ protocol: { dpopNonce: "required" } });
  await running.addClient({
    clientId: "page",
    authentication: "none",
    redirectUris: [`${app.origin}/callback`],
    origins: [app.origin],
    requireDpop: true,
  });
  browser = await chromium.launch({
    executablePath: process.env["ASSAY_CHROMIUM"] || "/usr/bin/chromium",
    args: [...FLAGS],
  });
});
after(async () => {
  await browser.close();
  for (const server of [app, api]) await server[Symbol.asyncDispose]();
  await running.close();
});

const opened = async (page: Page): Promise<Page> => {
  await page.waitForFunction("globalThis.ready");
  await page.evaluate(
    `begin(${JSON.stringify(running.url)}, ${JSON.stringify(api.origin)}, ${JSON.stringify(API)})`,
  );
  return page;
};
const token = (page: Page): Promise<string> =>
  page.evaluate("source.token().then(({ value }) => value)");

it("two tabs renew once, the key survives a reload, and the API sees a good proof", async () => {
  const context = await browser.newContext();
  const renewals: string[] = [];
  // A first request may be refused for want of a nonce; what was given counts.
  context.on("response", (response) => {
    if (
      response.request().method() === "POST" &&
      response.url().endsWith("/token") &&
      response.ok()
    )
      renewals.push(response.url());
  });
  const one = await context.newPage();
  await one.goto(app.origin);
  await opened(one);
  const { url, pending } = (await one.evaluate(
    `source.beginSignIn({ redirectUri: ${JSON.stringify(`${app.origin}/callback`)} })`,
  )) as { readonly url: string; readonly pending: string };
  const back = await running.signIn(new URL(url));
  await one.evaluate(
    `source.finishSignIn(${JSON.stringify(pending)}, ${JSON.stringify(back.href)}).then(() => null)`,
  );
  const first = await token(one);
  assert.equal(
    await one.evaluate(
      `source.fetch(${JSON.stringify(`${api.origin}/a`)}).then((answer) => answer.text())`,
    ),
    "fine",
  );
  assert.deepEqual(proofs, [true]);
  // A tab that is opened from another one has a copy of its session storage.
  const popup = context.waitForEvent("page");
  await one.evaluate(`void window.open(${JSON.stringify(app.origin)})`);
  const other = await opened(await popup);
  assert.equal(await token(other), first);
  await one.reload();
  await opened(one);
  assert.equal(await token(one), first);
  renewals.length = 0;
  for (const page of [one, other]) await page.evaluate("ahead = 301_000");
  const tokens = await Promise.all([
    token(one),
    token(other),
    token(one),
    token(other),
  ]);
  assert.equal(renewals.length, 1);
  assert.equal(new Set(tokens).size, 1);
  assert.notEqual(tokens[0], first);
  await one.evaluate("source.signOut()");
  await other.waitForFunction("changes > 0 && sessionStorage.length === 0");
  await assert.rejects(token(other), /SignInRequired|expected a grant/);
  await context.close();
});
