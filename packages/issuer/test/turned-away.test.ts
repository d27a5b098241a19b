/** What is turned away before any endpoint: told in the journal, the first with its sender, and a flood by its number. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, it } from "node:test";
import { createApp } from "../src/app.ts";
import { RequestLimit } from "../src/request-limit.ts";
import { TrustedProxies } from "../src/trusted-proxies.ts";
import { openIssuerBed, type IssuerBed } from "./issuer-bed.ts";

let bed: IssuerBed;
let app: ReturnType<typeof createApp>;
beforeEach(async () => {
  bed = await openIssuerBed();
  app = createApp({
    host: "localhost",
    console: new Map(),
    issuer: bed.issuer,
    proxies: new TrustedProxies([]),
    limit: new RequestLimit(1, () => bed.now),
  });
});
afterEach(async () => bed.close());

const NAME = "issuer.example";

async function ask(path: string, host = NAME): Promise<number> {
  const response = await app.fetch(
    new Request(`http://${host}${path}`, {
      headers: { host, "user-agent": "prober/1" },
    }),
    { incoming: { socket: { remoteAddress: "203.0.113.7" } } },
  );
  return response.status;
}

async function told(): Promise<readonly (readonly unknown[])[]> {
  // Closes what counts, and writes it.
  await bed.issuer.context.turnedAway.close();
  while ((await bed.store.seal(100)).entries > 0);
  const entries = await bed.store.readJournal({
    event: "requests.turned_away",
    limit: 100,
  });
  const { personal } = bed.issuer.context.journal;
  return Promise.all(
    entries.map(async ({ facts, personal: sealed }) => {
      const who = sealed && (await personal.open(sealed));
      return [
        facts?.["status"],
        facts?.["count"],
        facts?.["host"] ?? null,
        who?.ip ?? null,
        who?.agent ?? null,
      ];
    }),
  );
}

it("a flood from one address is two entries a minute, of which the first says who it was", async () => {
  const statuses = [];
  for (let i = 0; i < 60; i++) statuses.push(await ask("/jwks"));
  const refused = statuses.filter((status) => status === 429).length;
  assert.equal(statuses.filter((status) => status === 200).length, 10);
  assert.equal(refused, 50);
  assert.deepEqual(await told(), [
    [429, 1, null, "203.0.113.7", "prober/1"],
    [429, refused - 1, null, null, null],
  ]);
});

it("a request for another host is told with that host, at the issuer's addresses and elsewhere", async () => {
  for (const path of ["/jwks", "/"])
    assert.equal(await ask(path, "rebound.example"), 421);
  assert.deepEqual(await told(), [
    [421, 1, "rebound.example", "203.0.113.7", "prober/1"],
    [421, 1, null, null, null],
  ]);
});

it("what is answered leaves no trace of it", async () => {
  assert.equal(await ask("/jwks"), 200);
  assert.deepEqual(await told(), []);
});
