/** Fetching keys: of the issuer that is named and of no other, and never without bounds. */
import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { discoverKeys, fetchDocuments } from "../src/discover.ts";
import type { Terminal } from "../src/terminal.ts";
import { UsageError } from "../src/usage-error.ts";

const notes: string[] = [];
const terminal: Terminal = {
  width: 80,
  colour: false,
  write: async () => {},
  note: (line) => void notes.push(line),
};

let server: Server;
let origin = "";
const seen: string[] = [];

const answer: RequestListener = (request, response) => {
  const path = request.url ?? "";
  seen.push(path);
  const json = (value: unknown): void =>
    void response
      .writeHead(200, {
        "content-type": "application/json",
        "set-cookie": "a=b",
      })
      .end(JSON.stringify(value));
  switch (path) {
    case "/good/.well-known/openid-configuration":
      return json({ issuer: `${origin}/good`, jwks_uri: `${origin}/keys` });
    case "/.well-known/oauth-authorization-server/rfc8414":
      return json({ issuer: `${origin}/rfc8414`, jwks_uri: `${origin}/keys` });
    case "/liar/.well-known/openid-configuration":
      return json({
        issuer: `${origin}/good`,
        jwks_uri: `${origin}/liar-keys`,
      });
    case "/away/.well-known/openid-configuration":
      return json({
        issuer: `${origin}/away`,
        jwks_uri: "http://keys.example/jwks.json",
      });
    case "/keys":
      return json({ keys: [] });
    case "/moved":
      return void response.writeHead(302, { location: `${origin}/keys` }).end();
    case "/endless":
      return void response.writeHead(200).end("x".repeat(2 * 1024 * 1024));
    default:
      return void response.writeHead(404).end("no such page");
  }
};

before(async () => {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

describe("discover", () => {
  it("fetches the metadata and then the keys that it names", async () => {
    const documents = await discoverKeys([`${origin}/good`], terminal);
    assert.deepEqual(Object.keys(documents), [
      `${origin}/good/.well-known/openid-configuration`,
      `${origin}/keys`,
    ]);
    assert.equal(documents[`${origin}/keys`]?.body, '{"keys":[]}');
    assert.equal(
      documents[`${origin}/keys`]?.headers?.["content-type"],
      "application/json",
    );
    assert.equal(
      documents[`${origin}/keys`]?.headers?.["set-cookie"],
      undefined,
    );
  });

  it("knows the other place of metadata (RFC 8414)", async () => {
    const documents = await discoverKeys([`${origin}/rfc8414`], terminal);
    assert.equal(
      documents[`${origin}/rfc8414/.well-known/openid-configuration`]?.status,
      404,
    );
    assert.equal(documents[`${origin}/keys`]?.status, 200);
  });

  it("does not take keys from metadata that names another issuer", async () => {
    await discoverKeys([`${origin}/liar`], terminal);
    assert.ok(!seen.includes("/liar-keys"));
  });

  it("does not take keys over plain http from elsewhere", async () => {
    const documents = await discoverKeys([`${origin}/away`], terminal);
    assert.match(
      documents["http://keys.example/jwks.json"]?.error ?? "",
      /^not fetched/,
    );
  });

  it("refuses an issuer that is no https address", async () => {
    for (const issuer of [
      "http://issuer.example",
      "issuer",
      "file:///etc/passwd",
      "http://localhost.example",
      "http://127.0.0.1.example",
    ]) {
      await assert.rejects(discoverKeys([issuer], terminal), UsageError);
    }
  });

  it("follows no redirect", async () => {
    const documents = await fetchDocuments([`${origin}/moved`], terminal);
    assert.equal(documents[`${origin}/moved`]?.status, 302);
  });

  it("stops reading an answer that is too large", async () => {
    const documents = await fetchDocuments([`${origin}/endless`], terminal);
    assert.deepEqual(documents[`${origin}/endless`], {
      error: "the answer is larger than 1048576 bytes",
    });
  });

  it("says an outage as its error", async () => {
    assert.deepEqual(await fetchDocuments(["http://127.0.0.1:2/x"], terminal), {
      "http://127.0.0.1:2/x": { error: "ECONNREFUSED" },
    });
    assert.deepEqual(notes, []);
  });
});
