/** The recipe for nginx, in a real nginx (ASSAY_NGINX, else the one of the path), with a real guard behind it and a real site in front. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createGuard, type GuardOptions } from "@assay/guard";
import { forwardAuth } from "@assay/guard/forward-auth";
import { createTestIssuer, type TestIssuer } from "@assay/guard/testing";
import { listen } from "../../packages/guard/test/listen.ts";
import {
  challenges,
  rawRequest,
  type RawAnswer,
  type RawHeaders,
} from "../../packages/guard/test/raw-request.ts";

const nginx = process.env["ASSAY_NGINX"] || "nginx";
const recipe = readFileSync(
  new URL("../../packages/guard/recipes/nginx.conf", import.meta.url),
  "utf8",
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

interface Site extends AsyncDisposable {
  readonly issuer: TestIssuer;
  get(path: string, headers?: RawHeaders): Promise<RawAnswer>;
}

async function site(options: Partial<GuardOptions> = {}): Promise<Site> {
  const issuer = await createTestIssuer();
  const guard = createGuard({
    ...issuer.options,
    proxies: ["127.0.0.1"],
    routes: [{ path: "/admin/*", scopes: ["admin"] }],
    ...options,
  });
  const asked = await listen(forwardAuth(guard, { proxy: "nginx" }));
  const api = await listen((request, response) => {
    response.end(
      JSON.stringify({ path: request.url, headers: request.headers }),
    );
  });
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "assay-nginx-"));
  const host = (origin: string): string => new URL(origin).host;
  const server = recipe
    .replace("127.0.0.1:4181", host(asked.origin))
    .replace("127.0.0.1:3000", host(api.origin))
    .replace("127.0.0.1:8080", `127.0.0.1:${port}`);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${paths.join(" ")}\n${server}\n}`,
  );
  const running = spawn(
    nginx,
    ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const complaints: string[] = [];
  running.stderr.on("data", (chunk: Buffer) =>
    complaints.push(chunk.toString()),
  );
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(origin)); tries++) {
    assert.ok(
      tries < 200 && running.exitCode === null,
      `nginx does not answer: ${complaints.join("")}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return {
    issuer,
    get: (path, headers) => rawRequest(origin, path, headers),
    async [Symbol.asyncDispose]() {
      running.kill();
      await once(running, "exit");
      await asked[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

const answers = (origin: string): Promise<boolean> =>
  rawRequest(origin, "/").then(
    () => true,
    () => false,
  );

const bearer = (token: string): RawHeaders => ({
  authorization: `Bearer ${token}`,
});

test("nginx lets a good token through, with the guard's word for who it is in place of the client's", async () => {
  await using it = await site();
  const token = await it.issuer.mint();
  const answer = await it.get("/orders?a=1", {
    ...bearer(token),
    "x-auth-subject": "root",
    "x-auth-scope": "admin",
    "x-original-uri": "/",
  });
  assert.equal(answer.status, 200);
  const { path, headers } = answer.json() as {
    path: string;
    headers: Record<string, string>;
  };
  assert.deepEqual(
    [path, headers["x-auth-subject"], headers["x-auth-scope"]],
    ["/orders?a=1", "user-1", undefined],
  );
});

test("nginx answers 401, 403 and 400 with the guard's challenge and handle", async () => {
  await using it = await site();
  const missing = await it.get("/");
  assert.equal(missing.status, 401);
  assert.deepEqual(challenges(missing), ["Bearer"]);
  assert.equal(missing.json()["handle"], missing.headers["assay-diagnosis"]);
  const expired = await it.get(
    "/",
    bearer(await it.issuer.mint({ flaw: "expired" })),
  );
  assert.match(
    challenges(expired).join(),
    /error="invalid_token", error_description="The access token has expired."/,
  );
  const token = bearer(await it.issuer.mint());
  for (const path of ["/admin", "/ADMIN/", "/%61dmin/x"]) {
    const answer = await it.get(path, token);
    assert.equal(answer.status, 403, path);
    assert.match(
      challenges(answer).join(),
      /error="insufficient_scope".*scope="admin"/,
    );
  }
  for (const path of ["/orders/../admin", "/orders%2f..%2fadmin", "//admin"])
    assert.equal((await it.get(path, token)).status, 400, path);
  assert.equal((await it.get("/_assay", token)).status, 404);
});

test("nginx answers 503 with Retry-After while the issuer is down", async () => {
  await using it = await site({
    issuers: "https://issuer.test",
    remote: { fetch: () => Promise.reject(new Error("down")) },
  });
  const answer = await it.get("/", bearer(await it.issuer.mint()));
  assert.equal(answer.status, 503);
  assert.equal(answer.headers["retry-after"], "5");
  assert.deepEqual(challenges(answer), []);
});

test("nginx hands the nonce on, and a proof names the URL that the client called", async () => {
  await using it = await site({
    dpop: { nonces: true },
    publicUrl: "https://api.test",
  });
  const key = await it.issuer.proofKey();
  const token = await it.issuer.mint({ boundTo: key });
  const proof = { method: "GET", url: "https://api.test/orders", token };
  const authorization = `DPoP ${token}`;
  const first = await it.get("/orders", {
    authorization,
    dpop: await it.issuer.prove(key, proof),
  });
  assert.equal(first.status, 401);
  const nonce = String(first.headers["dpop-nonce"]);
  const second = await it.get("/orders", {
    authorization,
    dpop: await it.issuer.prove(key, { ...proof, nonce }),
  });
  assert.equal(second.status, 200);
  assert.equal(second.headers["dpop-nonce"], nonce);
});
