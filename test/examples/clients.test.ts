/** Every example of a client, against a running issuer and the example of an API that its README names. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { freePort } from "../free-port.ts";
import { runIssuer, type RunningIssuer } from "../interop/running-issuer.ts";
import {
  runExample,
  startExample,
  type RunningExample,
} from "./run-example.ts";

const AUDIENCE = "https://orders.example";
const folder = mkdtempSync(join(tmpdir(), "assay-examples-"));
const CLIENT = {
  scopes: ["orders:read", "offline_access"],
  resources: [AUDIENCE],
};

let running: RunningIssuer;
let api: RunningExample | undefined;
let env: Readonly<Record<string, string>>;
before(async () => {
  running = await runIssuer();
  await running.addResource({ resource: AUDIENCE, scopes: ["orders:read"] });
  const shared = { ISSUER: running.url, AUDIENCE };
  api = await startExample("express/main.ts", shared, await freePort());
  env = { ...shared, API: api.origin };
});
after(async () => {
  await api?.[Symbol.asyncDispose]();
  await running.close();
  rmSync(folder, { recursive: true });
});

it("service-client calls the API in its own name", async () => {
  const secret = await running.addClient({ clientId: "reports", ...CLIENT });
  const lines = await runExample("service-client/main.ts", {
    ...env,
    CLIENT_SECRET: secret,
  });
  assert.deepEqual(lines, [
    '200 {"owner":"reports@clients","orders":["tea","cups"]}',
  ]);
});

it("cli-sign-in asks for a sign-in once, and keeps what came of it in a file of this user alone", async () => {
  await running.addClient({
    clientId: "orders-cli",
    authentication: "none",
    redirectUris: ["http://127.0.0.1/callback"],
    ...CLIENT,
  });
  const file = join(folder, "tokens.json");
  const run = (): Promise<readonly string[]> =>
    runExample("cli-sign-in/main.ts", { ...env, TOKEN_FILE: file }, (line) => {
      const url = /^Open this address: (\S+)$/.exec(line)?.[1];
      if (url !== undefined)
        void running.signIn(new URL(url)).then(async (back) => fetch(back));
    });
  const answer = '200 {"owner":"ada","orders":["tea","cups"]}';
  const [address, ...first] = await run();
  assert.match(address ?? "", /^Open this address: /);
  assert.deepEqual(first, [answer]);
  assert.deepEqual(await run(), [answer]);
  if (process.platform !== "win32")
    assert.equal(statSync(file).mode & 0o777, 0o600);
});

it("web-backend keeps the token from the browser", async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const secret = await running.addClient({
    clientId: "orders-web",
    redirectUris: [`${origin}/callback`],
    ...CLIENT,
  });
  await using web = await startExample(
    "web-backend/main.ts",
    { ...env, CLIENT_SECRET: secret },
    port,
  );
  const go = (url: string | URL, cookie = ""): Promise<Response> =>
    fetch(url, { redirect: "manual", headers: { cookie } });
  const first = await go(web.origin);
  assert.equal(first.headers.get("location"), "/sign-in");
  const begun = await go(`${web.origin}/sign-in`);
  const unproven = cookieOf(begun);

  const unfinished = await go(web.origin, unproven);
  assert.equal(unfinished.headers.get("location"), "/sign-in");

  const back = await running.signIn(
    new URL(begun.headers.get("location") ?? ""),
  );
  const stranger = await go(back);
  assert.equal(stranger.status, 400);
  const finished = await go(back, unproven);
  assert.equal(finished.headers.get("location"), "/");
  const cookie = cookieOf(finished);
  assert.notEqual(cookie, unproven);
  const page = await go(web.origin, cookie);
  assert.equal(
    await page.text(),
    'Your orders: {"owner":"ada","orders":["tea","cups"]}',
  );
  // The answer that brought the code is good once, and the session's first name is forgotten.
  assert.equal((await go(back, cookie)).status, 500);
  assert.equal((await go(back, unproven)).status, 400);
});

function cookieOf(answer: Response): string {
  const [cookie = ""] = answer.headers.getSetCookie();
  assert.match(cookie, /HttpOnly; SameSite=Lax/);
  return cookie.split(";")[0] ?? "";
}
