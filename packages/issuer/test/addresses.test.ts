/** Where the pages are, what each says of itself, and that no address leads to another host. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startServer, type RunningServer } from "@assay/issuer";
import { ask, type Answer } from "./ask.ts";

const OWN_POLICY = "default-src 'none'; script-src 'sha256-x'; img-src data:";
const document = (title: string, head = ""): string =>
  `<!doctype html><html><head><meta charset="utf-8" />${head}<title>${title}</title></head></html>`;

const FILES: Readonly<Record<string, string>> = {
  "index.html": document("Start"),
  "de.html": document("Anfang"),
  "causes.html": document("Causes"),
  "causes/key.rotated.html": document("Rotated"),
  "evil.example.html": document("A page with the name of a host"),
  "inspector.html": document(
    "Inspector",
    `<meta http-equiv="Content-Security-Policy" content="${OWN_POLICY}" />`,
  ),
  "assets/site-abc.css": "body {}",
};

const folder = mkdtempSync(join(tmpdir(), "assay-console-"));
for (const [name, text] of Object.entries(FILES)) {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

const data = mkdtempSync(join(tmpdir(), "assay-data-"));
let server: RunningServer;
before(async () => {
  server = await startServer(
    { port: 0, consoleFolder: folder, dataFolder: data },
    { env: {}, say: () => {}, note: () => {}, signals: false },
  );
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
  rmSync(data, { recursive: true });
});

const get = async (
  path: string,
  options?: Parameters<typeof ask>[1],
): Promise<Answer> => ask(server.url, { ...options, target: path });

const policyOf = ({ headers }: Answer): string =>
  String(headers["content-security-policy"]);

describe("an address", () => {
  it("is that of the file without its end", async () => {
    for (const [path, name] of [
      ["/", "index.html"],
      ["/de", "de.html"],
      ["/causes", "causes.html"],
      ["/causes/key.rotated", "causes/key.rotated.html"],
      ["/causes/key.rotated?token=eyJ", "causes/key.rotated.html"],
      ["/inspector", "inspector.html"],
    ] as const) {
      const { status, body, headers } = await get(path);
      assert.deepEqual(
        [status, body, headers["content-type"], headers["cache-control"]],
        [200, FILES[name], "text/html; charset=utf-8", "no-cache"],
        path,
      );
    }
  });

  it("has the file's own name only for the inspector, which people keep", async () => {
    const [page, file] = [
      await get("/inspector"),
      await get("/inspector.html"),
    ];
    assert.deepEqual([file.status, file.body], [200, page.body]);
    assert.equal(file.headers.etag, page.headers.etag);
    assert.equal(policyOf(file), policyOf(page));
    for (const path of [
      "/index.html",
      "/de.html",
      "/causes.html",
      "/causes/key.rotated.html",
    ])
      assert.equal((await get(path)).status, 404, path);
  });

  it("leads from the one with a slash to the one without, and says nothing of what was asked", async () => {
    for (const [path, to] of [
      ["/causes/", "/causes"],
      ["/causes/key.rotated/", "/causes/key.rotated"],
      ["/de/?token=eyJ", "/de"],
      ["/evil.example/", "/evil.example"],
    ] as const)
      for (const method of ["GET", "HEAD"]) {
        const { status, headers, body } = await get(path, { method });
        assert.deepEqual([status, headers.location, body], [301, to, ""], path);
        assert.equal(headers["x-content-type-options"], "nosniff");
      }
    for (const path of ["/causes//", "/nowhere/", "/inspector.html//"])
      assert.equal((await get(path)).status, 404, path);
  });

  it("never leads to another host", async () => {
    for (const path of [
      "//evil.example/",
      "//evil.example",
      "///evil.example/",
      "/\\evil.example/",
      "/\\/evil.example/",
      "\\\\evil.example/",
      "/%2fevil.example/",
      "/%5cevil.example/",
      "/%09/evil.example/",
      "//causes/",
      "/causes//",
      "/causes/../evil.example//",
      "http://evil.example/",
      "http://evil.example/causes/",
      "//evil.example/causes/",
      "//evil.example/..;/causes/",
      "/.//evil.example/",
      "//",
      "/evil.example/",
    ]) {
      const { status, headers } = await get(path);
      const { location = "/" } = headers;
      assert.ok(
        [301, 400, 404, 200, 421].includes(status),
        `${path}: ${status}`,
      );
      assert.match(location, /^\/(?![/\\])/, path);
      assert.equal(new URL(location, server.url).origin, server.url, path);
    }
  });
});

describe("a policy", () => {
  it("is a document's own where it brings one, and nobody may frame it", async () => {
    for (const path of ["/inspector", "/inspector.html"])
      assert.equal(
        policyOf(await get(path)),
        `${OWN_POLICY}; frame-ancestors 'none'`,
      );
  });

  it("is the site's everywhere else", async () => {
    const site = policyOf(await get("/"));
    assert.match(site, /script-src 'self'/);
    for (const path of [
      "/de",
      "/causes",
      "/causes/key.rotated",
      "/nowhere",
      "/causes/",
      "/assets/site-abc.css",
      "/health",
    ])
      assert.equal(policyOf(await get(path)), site, path);
  });

  it("stays with HEAD, and with an answer that nothing has changed", async () => {
    for (const path of ["/inspector", "/inspector.html", "/causes"]) {
      const page = await get(path);
      const etag = String(page.headers.etag);
      for (const [options, status] of [
        [{ method: "HEAD" }, 200],
        [{ headers: { "if-none-match": etag } }, 304],
        [{ method: "HEAD", headers: { "if-none-match": `W/${etag}` } }, 304],
        [{ headers: { "if-none-match": "*" } }, 304],
      ] as const) {
        const answer = await get(path, options);
        assert.deepEqual([answer.status, answer.body], [status, ""]);
        assert.equal(answer.headers.etag, etag);
        assert.equal(answer.headers["cache-control"], "no-cache");
        assert.equal(policyOf(answer), policyOf(page));
      }
    }
  });
});
