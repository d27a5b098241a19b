/** The server at its socket: what is no HTTP, and whose name a request addresses. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startedServer, type StartedServer } from "./started-server.ts";

let started: StartedServer;
before(async () => {
  started = await startedServer();
});
after(() => started.close());

/** Sends the bytes and gives all that comes back until the other side closes. */
async function exchange(bytes: string): Promise<string> {
  const { hostname, port } = new URL(started.server.url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.write(bytes);
  let answer = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
  await once(socket, "close");
  return answer;
}

const FORM = "content-type: application/x-www-form-urlencoded\r\n";
const request = (
  head: string,
  { line = "POST /token HTTP/1.1", body = "" } = {},
): string =>
  `${line}\r\nhost: localhost\r\nconnection: close\r\n${head}\r\n${body}`;

const statuses = (answer: string): readonly string[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = ""]) => status);

describe("a message that two servers would part in two ways", () => {
  const smuggled = "GET /admin/clients HTTP/1.1\r\nhost: localhost\r\n\r\n";
  for (const [name, head] of [
    [
      "a length and chunks",
      "content-length: 5\r\ntransfer-encoding: chunked\r\n",
    ],
    [
      "chunks and a length",
      "transfer-encoding: chunked\r\ncontent-length: 5\r\n",
    ],
    ["two lengths", "content-length: 5\r\ncontent-length: 50\r\n"],
    ["a length that is none", "content-length: +5\r\n"],
    ["a negative length", "content-length: -5\r\n"],
    ["a length with a blank in it", "content-length: 5 0\r\n"],
    ["chunks that are not last", "transfer-encoding: chunked, identity\r\n"],
    ["a coding that nobody knows", "transfer-encoding: xchunked\r\n"],
    ["a blank before the colon", "transfer-encoding : chunked\r\n"],
    ["a folded line", "x: 1\r\n transfer-encoding: chunked\r\n"],
    ["a bare carriage return", "x: 1\rtransfer-encoding: chunked\r\n"],
    ["U+0000 in a header", "x: \0\r\n"],
  ] as const)
    it(`is refused: ${name}`, async () => {
      const answer = await exchange(
        request(FORM + head, { body: `0\r\n\r\n${smuggled}` }),
      );
      assert.deepEqual(statuses(answer), ["400"], answer);
    });

  it("is refused: a chunk whose size is none", async () => {
    for (const size of ["-1", "0x5", "fffffffffffffffff", "5 5", ""]) {
      const answer = await exchange(
        request(`${FORM}transfer-encoding: chunked\r\n`, {
          body: `${size}\r\nhello\r\n0\r\n\r\n`,
        }),
      );
      assert.deepEqual(statuses(answer), ["400"], `${size}: ${answer}`);
    }
  });

  it("ends at the length that it names: what follows is no part of the body", async () => {
    const answer = await exchange(
      request(`${FORM}content-length: 10\r\n`, {
        body: `token=aaaa&client_id=web${"a".repeat(100)}`,
      }),
    );
    assert.deepEqual(statuses(answer), ["400"], answer);
    assert.ok(answer.includes("invalid_request") || answer.includes("Bad"));
  });
});

describe("a form", () => {
  it("may come in pieces, and one that breaks off holds nobody else up", async () => {
    const { hostname, port } = new URL(started.server.url);
    const broken = connect(Number(port), hostname);
    broken.write(request(`${FORM}content-length: 100\r\n`, { body: "token=" }));
    const socket = connect(Number(port), hostname);
    const answer = text(socket);
    for (const piece of [
      request(`${FORM}content-length: 23\r\n`, { body: "grant_type=" }),
      "refresh_",
      "toke",
    ]) {
      socket.write(piece);
      await sleep(20);
    }
    broken.destroy();
    await sleep(20);
    assert.match(await answer, /Client authentication is missing/);
  });
});

describe("a message that is too large", () => {
  it("is refused with 431 for its headers, and is read no further", async () => {
    const answer = await exchange(request(`x: ${"a".repeat(20_000)}\r\n`));
    assert.deepEqual(statuses(answer), ["431"]);
  });

  it("is refused by the length that it names, before a byte of it came", async () => {
    const answer = await exchange(
      request(`${FORM}content-length: 1000000000\r\n`, { body: "a" }),
    );
    assert.deepEqual(statuses(answer), ["400"]);
    assert.ok(answer.includes("longer than 65536 bytes"), answer);
  });
});

describe("a header twice", () => {
  it("counts for none where it says who sends, or what", async () => {
    for (const [head, status] of [
      ["authorization: Basic YTpi\r\nauthorization: Basic Yzpk\r\n", "401"],
      ["content-type: application/json\r\n", "400"],
    ] as const) {
      const body = "grant_type=client_credentials";
      const answer = await exchange(
        request(`${FORM}${head}content-length: ${body.length}\r\n`, { body }),
      );
      assert.deepEqual(statuses(answer), [status], answer);
      assert.ok(!answer.includes("access_token"));
    }
  });
});

describe("the name that a request addresses", () => {
  const get = (line: string, host: string, more = ""): Promise<string> =>
    exchange(`${line}\r\nhost: ${host}\r\nconnection: close\r\n${more}\r\n`);

  it("is ours or gets 421, at every address", async () => {
    for (const path of [
      "/jwks",
      "/.well-known/openid-configuration",
      "/authorize",
      "/admin/clients",
      "/health",
    ])
      for (const host of [
        "evil.example",
        "localhost.evil.example",
        "evil.example:80",
        "localhost@evil.example",
        "",
      ])
        assert.match(
          await get(`GET ${path} HTTP/1.1`, host),
          /^HTTP\/1\.1 (?:421|400)/,
          `${host} ${path}`,
        );
  });

  it("changes nothing of what is published, nor do the headers of proxies", async () => {
    const plain = await get(
      "GET /.well-known/openid-configuration HTTP/1.1",
      "localhost",
    );
    assert.ok(plain.includes(`"issuer":"${started.server.url}"`), plain);
    for (const [host, more] of [
      ["localhost:1", ""],
      ["app.localhost", ""],
      [
        "localhost",
        "x-forwarded-host: evil.example\r\nx-forwarded-proto: https\r\n",
      ],
      [
        "localhost",
        "x-forwarded-prefix: /evil\r\nx-original-url: /admin\r\nx-rewrite-url: /admin\r\n",
      ],
      ["localhost", "forwarded: host=evil.example;proto=https\r\n"],
    ] as const) {
      const answer = await get(
        "GET /.well-known/openid-configuration HTTP/1.1",
        host,
        more,
      );
      assert.ok(answer.includes(`"issuer":"${started.server.url}"`), answer);
      assert.ok(!answer.includes("evil"), answer);
    }
  });

  it("cannot be another in the first line", async () => {
    for (const line of [
      "GET http://evil.example/.well-known/openid-configuration HTTP/1.1",
      "GET //evil.example/jwks HTTP/1.1",
      "GET https://localhost@evil.example/jwks HTTP/1.1",
    ]) {
      const answer = await get(line, "localhost");
      assert.ok(!answer.includes("evil"), answer);
    }
  });

  it("is needed once", async () => {
    assert.match(
      await exchange("GET /jwks HTTP/1.1\r\nconnection: close\r\n\r\n"),
      /^HTTP\/1\.1 400/,
    );
    const two = await exchange(
      "GET /jwks HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n",
    );
    assert.match(two, /^HTTP\/1\.1 4/);
  });
});
