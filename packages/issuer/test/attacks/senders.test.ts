/** Who a request says that it comes from: the headers of proxies, and the ways to write one address. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { RequestLimit } from "../../src/request-limit.ts";
import { TrustedProxies } from "../../src/trusted-proxies.ts";
import { startedServer, type StartedServer } from "./started-server.ts";

describe("where a request comes from", () => {
  const proxies = new TrustedProxies(["10.0.0.0/8", "fd00::/8"]);
  it("is the socket, unless a named proxy says another", () => {
    for (const [remote, forwarded, ip] of [
      ["192.0.2.1", "203.0.113.9", "192.0.2.1"],
      ["192.0.2.1", "127.0.0.1", "192.0.2.1"],
      ["127.0.0.1", "203.0.113.9", "127.0.0.1"],
      ["10.1.1.1", "203.0.113.9", "203.0.113.9"],
      ["::ffff:10.1.1.1", "203.0.113.9", "203.0.113.9"],
      // What the sender wrote itself stands in front.
      ["10.1.1.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
      ["10.1.1.1", "127.0.0.1, 203.0.113.9, 10.2.2.2", "203.0.113.9"],
      ["10.1.1.1", "203.0.113.9, evil", "10.1.1.1"],
      ["10.1.1.1", "evil", "10.1.1.1"],
      ["10.1.1.1", "", "10.1.1.1"],
      ["10.1.1.1", "10.9.9.9", "10.1.1.1"],
      ["fd00::1", "[2001:db8::1]:4711", "2001:db8::1"],
      ["10.1.1.1", "127.0.0.1, 203.0.113.9:4711", "203.0.113.9"],
      ["evil", "203.0.113.9", null],
    ] as const)
      assert.equal(
        proxies.connection(remote, forwarded).ip,
        ip,
        `${remote} ${forwarded}`,
      );
  });

  it("counts as one sender for all addresses of an IPv6 network, however they are written", () => {
    const limit = new RequestLimit(1, () => 0);
    let waited = 0;
    for (let i = 0; i < 100; i++)
      waited += Number(limit.take(`2001:db8::${i.toString(16)}:1:2:3`) > 0);
    assert.equal(waited, 90);
    assert.equal(limit.take("2001:db8:0:1::1"), 0);
    assert.ok(limit.take("2001:0DB8:0000:0000:ffff:1:2:3") > 0);
  });

  it("counts as one sender all who hang up before their address was asked for", () => {
    const limit = new RequestLimit(1, () => 0);
    let waited = 0;
    for (let i = 0; i < 100; i++) waited += Number(limit.take(null) > 0);
    assert.equal(waited, 90);
    assert.equal(limit.take("203.0.113.7"), 0);
  });
});

describe("a page of a client that asks too often", () => {
  const PAGE = "https://app.example";
  let started: StartedServer;
  before(async () => {
    started = await startedServer({ requestsPerSecond: 1 });
  });
  after(() => started.close());

  it("may read when to come again, and a stranger's page may not", async () => {
    const { server } = started;
    const token = started.noted.join().split(": ").at(-1) ?? "";
    const made = await fetch(`${server.url}/admin/clients`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        clientId: "page",
        authentication: "none",
        redirectUris: [`${PAGE}/cb`],
        origins: [PAGE],
      }),
    });
    assert.equal(made.status, 201, await made.text());
    const ask = async (origin: string): Promise<Response> =>
      fetch(`${server.url}/token`, { method: "POST", headers: { origin } });
    let answer = await ask(PAGE);
    for (let i = 0; i < 50 && answer.status !== 429; i++)
      answer = await ask(PAGE);
    assert.equal(answer.status, 429);
    const { headers } = answer;
    assert.equal(headers.get("access-control-allow-origin"), PAGE);
    assert.match(
      headers.get("access-control-expose-headers") ?? "",
      /Retry-After/,
    );
    assert.equal(headers.get("cache-control"), "no-store");
    const stranger = await ask("https://evil.example");
    assert.equal(stranger.headers.get("access-control-allow-origin"), null);
  });
});
