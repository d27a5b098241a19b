/** The server as a browser and a stranger meet it: over HTTP, on loopback. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  startServer,
  StartError,
  type RunningServer,
  type ServerOptions,
} from "@assay/issuer";
import { ask } from "./ask.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-console-"));
mkdirSync(join(folder, "assets"));
writeFileSync(
  join(folder, "index.html"),
  "<!doctype html><title>Assay</title>",
);
writeFileSync(join(folder, "assets/index-abc123.js"), "export {};");
writeFileSync(join(folder, "assets/index-abc123.js.map"), "{}");
after(() => rmSync(folder, { recursive: true }));

/** A data folder for one server. */
const data = mkdtempSync(join(tmpdir(), "assay-data-"));
const newData = (): string => mkdtempSync(join(data, "one-"));
after(() => rmSync(data, { recursive: true }));

const quiet = { env: {}, say: () => {}, note: () => {}, signals: false };
const start = (options: ServerOptions = {}): Promise<RunningServer> =>
  startServer(
    { port: 0, consoleFolder: folder, dataFolder: newData(), ...options },
    quiet,
  );

describe("the server", () => {
  let server: RunningServer;
  before(async () => {
    server = await start();
  });
  after(() => server.close());

  it("serves the console with headers that let nothing in and nothing out", async () => {
    const { status, headers, body } = await ask(`${server.url}/`, {
      address: "127.0.0.1",
    });
    assert.equal(status, 200);
    assert.match(body, /<title>Assay/);
    assert.equal(headers["content-type"], "text/html; charset=utf-8");
    const policy = headers["content-security-policy"] ?? "";
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      assert.ok(policy.includes(rule), rule);
    assert.doesNotMatch(String(policy), /unsafe|\*|data:|https?:/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
    assert.equal(headers["cross-origin-opener-policy"], "same-origin");
  });

  it("says the same headers with a refusal", async () => {
    for (const answer of [
      await ask(`${server.url}/nowhere`),
      await ask(`${server.url}/`, { method: "POST" }),
      await ask(`${server.url}/`, { headers: { host: "evil.example" } }),
    ]) {
      assert.ok(answer.status >= 400);
      assert.match(
        String(answer.headers["content-security-policy"]),
        /default-src 'none'/,
      );
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
    }
  });

  it("lets files whose name is their hash be kept for ever, and asks anew for the page", async () => {
    const asset = await ask(`${server.url}/assets/index-abc123.js`);
    assert.equal(
      asset.headers["cache-control"],
      "public, max-age=31536000, immutable",
    );
    assert.equal(
      asset.headers["content-type"],
      "text/javascript; charset=utf-8",
    );
    const page = await ask(`${server.url}/`);
    assert.equal(page.headers["cache-control"], "no-cache");
    const again = await ask(`${server.url}/`, {
      headers: { "if-none-match": `"other", ${page.headers.etag}` },
    });
    assert.deepEqual([again.status, again.body], [304, ""]);
    assert.equal(
      (await ask(`${server.url}/`, { headers: { "if-none-match": '"other"' } }))
        .status,
      200,
    );
  });

  it("serves what it read at its start and nothing else", async () => {
    for (const path of [
      "/index.html",
      "/assets/index-abc123.js.map",
      "/../package.json",
      "/%2e%2e/package.json",
      "/assets/..%2f..%2fpackage.json",
      "/assets/",
      "//etc/passwd",
      "/__proto__",
      "/constructor",
    ]) {
      assert.equal((await ask(`${server.url}${path}`)).status, 404, path);
    }
  });

  it("goes by the host of an address in whole, and not by the header beside it", async () => {
    const { port, host } = new URL(server.url);
    for (const [target, status] of [
      ["http://evil.example/jwks", 421],
      ["http://evil.example/", 421],
      [`http://${host}/jwks`, 200],
    ] as const) {
      const socket = connect(Number(port), "127.0.0.1");
      socket.end(
        `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      let answer = "";
      for await (const chunk of socket) answer += String(chunk);
      assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), target);
    }
  });

  it("tells its health", async () => {
    const { status, headers, body } = await ask(`${server.url}/health`);
    assert.deepEqual(
      [status, body, headers["cache-control"]],
      [200, '{"status":"ok"}', "no-store"],
    );
  });

  it("answers HEAD without a body, and refuses what would change something", async () => {
    const { status, body } = await ask(`${server.url}/`, { method: "HEAD" });
    assert.deepEqual([status, body], [200, ""]);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) {
      const refused = await ask(`${server.url}/`, { method });
      assert.deepEqual(
        [refused.status, refused.headers.allow],
        [405, "GET, HEAD"],
        method,
      );
    }
  });

  it("answers only to a name of this machine: a name of a stranger may have been rebound", async () => {
    const { port } = new URL(server.url);
    for (const host of [
      "localhost",
      `localhost:${port}`,
      "LOCALHOST",
      "app.localhost:1",
      "127.0.0.1",
      `[::1]:${port}`,
      "127.1.2.3",
    ]) {
      assert.equal(
        (await ask(`${server.url}/health`, { headers: { host } })).status,
        200,
        host,
      );
    }
    for (const host of [
      "evil.example",
      "localhost.evil.example",
      `evil.example:${port}`,
      "192.168.1.5",
      "127.0.0.1.evil.example",
      "127.evil",
      "0.0.0.0",
      "[::]",
      "notlocalhost",
    ]) {
      assert.equal(
        (await ask(`${server.url}/health`, { headers: { host } })).status,
        421,
        host,
      );
    }
  });

  it("is the same on both loopback addresses, where the machine has both", async (context) => {
    assert.equal(
      (await ask(`${server.url}/health`, { address: "127.0.0.1" })).status,
      200,
    );
    const probe = createServer();
    probe.listen({ host: "::1", port: 0 });
    const has = await Promise.race([
      once(probe, "listening").then(() => true),
      once(probe, "error").then(() => false),
    ]);
    probe.close();
    if (has)
      assert.equal(
        (await ask(`${server.url}/health`, { address: "::1" })).status,
        200,
      );
    else context.diagnostic("this machine has no ::1");
  });
});

describe("the start", () => {
  const refused = (
    options: Record<string, unknown>,
    env: Record<string, string>,
    message: RegExp,
  ): Promise<void> =>
    assert.rejects(
      startServer(
        { consoleFolder: folder, dataFolder: newData(), ...options },
        { ...quiet, env },
      ),
      (error: Error) => {
        assert.ok(error instanceof StartError, String(error));
        assert.match(error.message, message);
        return true;
      },
    );

  it("names a port that is in use, and what to do", async () => {
    const taken = createServer();
    taken.listen({ host: "127.0.0.1", port: 0 });
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    try {
      await refused(
        { port },
        {},
        new RegExp(
          `found ${port} in use on 127\\.0\\.0\\.1; choose another one by --port or ASSAY_PORT`,
        ),
      );
      await refused({}, { ASSAY_PORT: String(port) }, /in use/);
    } finally {
      taken.close();
    }
  });

  it("leaves nothing open when only the second address is taken", async (context) => {
    const taken = createServer();
    taken.listen({ host: "::1", port: 0 });
    const has = await Promise.race([
      once(taken, "listening").then(() => true),
      once(taken, "error").then(() => false),
    ]);
    if (!has) return context.diagnostic("this machine has no ::1");
    const { port } = taken.address() as AddressInfo;
    try {
      await refused({ port }, {}, /in use on ::1/);
      await assert.rejects(ask(`http://127.0.0.1:${port}/health`), {
        code: "ECONNREFUSED",
      });
    } finally {
      taken.close();
    }
  });

  it("refuses a host that other machines can reach, unless that is meant", async () => {
    for (const host of [
      "0.0.0.0",
      "::",
      "192.168.1.5",
      "box.lan",
      "127.evil.example",
    ])
      await refused(
        { host },
        {},
        /expected an address of this machine alone.*--allow-remote/,
      );
    await refused(
      {},
      { ASSAY_HOST: "0.0.0.0" },
      /expected an address of this machine alone/,
    );
    await refused(
      { host: "203.0.113.1", allowRemote: true },
      {},
      /expected TLS or a trusted proxy in front of 203\.0\.113\.1, found plain HTTP/,
    );
    await refused(
      {
        host: "203.0.113.1",
        allowRemote: true,
        trustedProxies: ["203.0.113.9"],
      },
      {},
      /expected an address of this machine, found 203\.0\.113\.1 \(EADDRNOTAVAIL\)/,
    );
  });

  it("leaves the variables of others alone, and takes an option before a variable", async () => {
    const said: string[] = [];
    const env = {
      ASSAY_PORT: "1",
      ASSAY_VECTORS: "x",
      ASSAY_CHROMIUM: "y",
      ASSAY_GUARD_ISSUER: "https://issuer.example.com",
      ASSAY_CONFIG_FOLDER: folder,
      ASSAY_CONSOLE_FOLDER: folder,
      ASSAY_DATA_FOLDER: newData(),
    };
    const server = await startServer(
      { port: 0 },
      { env, say: (line) => said.push(line), note: () => {}, signals: false },
    );
    try {
      assert.deepEqual(said, [server.url]);
      assert.match(server.url, /^http:\/\/localhost:\d+$/);
      assert.notEqual(new URL(server.url).port, "1");
    } finally {
      await server.close();
    }
  });

  it("names the console that is not built", () =>
    refused(
      { consoleFolder: join(folder, "nowhere") },
      {},
      /no index\.html there; it is built by npm start/,
    ));

  it("listens on the one address that is asked for", async () => {
    const server = await start({ host: "127.0.0.1" });
    try {
      assert.equal((await ask(`${server.url}/health`)).status, 200);
      assert.match(server.url, /^http:\/\/127\.0\.0\.1:/);
    } finally {
      await server.close();
    }
  });
});

describe("the stop", () => {
  it("frees the port and lets a connection that is kept alive go", async () => {
    const server = await start();
    const response = await fetch(
      `${server.url.replace("localhost", "127.0.0.1")}/health`,
    );
    await response.text();
    await server.close();
    await assert.rejects(
      ask(`${server.url}/health`, { address: "127.0.0.1" }),
      { code: "ECONNREFUSED" },
    );
  });

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`comes by ${signal}, and the process ends by itself`, async () => {
      const script = `import { startServer } from "@assay/issuer"; await startServer({ port: 0, consoleFolder: ${JSON.stringify(folder)}, dataFolder: ${JSON.stringify(newData())} });`;
      const child = spawn(
        process.execPath,
        ["--conditions=@assay/source", "--input-type=module", "--eval", script],
        { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "inherit"] },
      );
      const [line] = await once(child.stdout, "data");
      assert.match(String(line), /^http:\/\/localhost:\d+\n$/);
      child.kill(signal);
      const [status, killedBy] = await once(child, "exit");
      assert.deepEqual([status, killedBy], [0, null]);
    });
  }
});
