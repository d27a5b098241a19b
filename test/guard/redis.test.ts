/** The store of proofs for several processes, in a real Redis, by the clients that people have: one proof is admitted once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "@redis/client";
import { Redis } from "ioredis";
import { redisReplayStore, type RedisClient } from "@assay/guard";
import { serveIssuer } from "../../packages/guard/test/issuer-server.ts";
import { rawRequest } from "../../packages/guard/test/raw-request.ts";
import { freePort } from "../free-port.ts";
import { ASSAY, startGuard, type GuardProcess } from "./guard-process.ts";
import { startRedis } from "./redis-server.ts";
import { run } from "./running.ts";

interface Connected extends AsyncDisposable {
  readonly client: RedisClient;
}

async function nodeRedis(url: string, RESP: 2 | 3): Promise<Connected> {
  const client = createClient({ url, RESP, disableOfflineQueue: true });
  client.on("error", () => {});
  await client.connect();
  return {
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
    },
  };
}

async function ioredis(url: string): Promise<Connected> {
  const client = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
  });
  client.on("error", () => {});
  await client.connect();
  return {
    client,
    async [Symbol.asyncDispose]() {
      client.disconnect();
    },
  };
}

const CLIENTS: readonly [string, (url: string) => Promise<Connected>][] = [
  ["node-redis over RESP2", (url) => nodeRedis(url, 2)],
  ["node-redis over RESP3", (url) => nodeRedis(url, 3)],
  ["ioredis", ioredis],
];

const soon = (): number => Date.now() / 1000 + 300;

for (const [name, connect] of CLIENTS) {
  test(`${name}: a proof is new once, by its key and jti, and Redis forgets it by itself`, async () => {
    await using server = await startRedis();
    await using one = await connect(server.url);
    await using other = await connect(server.url);
    await using plain = await nodeRedis(server.url, 2);
    const stores = [
      redisReplayStore(one.client),
      redisReplayStore(other.client),
    ];
    for (const store of stores) await store.ready();
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        Promise.resolve(stores[i % 2]?.remember("jkt", "jti", soon())),
      ),
    );
    assert.equal(told.filter((isNew) => isNew === true).length, 1);
    const [store] = stores;
    assert.equal(await store?.remember("jkt", "another", soon()), true);
    assert.equal(await store?.remember("other", "jti", soon()), true);
    const long = "x".repeat(8000);
    assert.equal(await store?.remember("jkt", long, soon()), true);
    assert.equal(await store?.remember("jkt", long, soon()), false);
    const ask = async (...command: string[]): Promise<unknown> =>
      "sendCommand" in plain.client && plain.client.sendCommand(command);
    const keys = (await ask("KEYS", "assay:dpop:*")) as string[];
    assert.equal(keys.length, 4);
    for (const key of keys) {
      assert.ok(key.length < 128, key);
      const life = Number(await ask("PTTL", key));
      assert.ok(life > 0 && life <= 300_000, String(life));
    }
  });

  test(`${name}: full memory, a policy that evicts, and a Redis that went away are no yes and no no`, async () => {
    await using full = await startRedis("--maxmemory", "1");
    await using client = await connect(full.url);
    const store = redisReplayStore(client.client);
    await store.ready();
    await assert.rejects(
      async () => store.remember("jkt", "jti", soon()),
      /OOM/,
    );

    await using evicting = await startRedis(
      "--maxmemory-policy",
      "volatile-lru",
    );
    await using other = await connect(evicting.url);
    await assert.rejects(
      redisReplayStore(other.client).ready(),
      /maxmemory-policy is noeviction, found volatile-lru/,
    );

    await full.process.stop("SIGKILL");
    await assert.rejects(async () => store.remember("jkt", "later", soon()));
    await assert.rejects(store.ready());
  });
}

test("a Redis that does not let us ask for its policy is taken as it is", async () => {
  await using server = await startRedis();
  await using admin = await nodeRedis(server.url, 2);
  assert.ok("sendCommand" in admin.client);
  const rule = "ACL SETUSER guard on >word ~assay:dpop:* +set".split(" ");
  await admin.client.sendCommand(rule);
  await using guard = await ioredis(server.url.replace("//", "//guard:word@"));
  const store = redisReplayStore(guard.client);
  await store.ready();
  assert.equal(await store.remember("jkt", "jti", soon()), true);
});

test("a Redis that hangs is given up after its time", async () => {
  await using server = await startRedis();
  await using client = await nodeRedis(server.url, 3);
  await redisReplayStore(client.client).ready();
  const store = redisReplayStore(client.client, { timeout: 50 });
  server.process.signal("SIGSTOP");
  try {
    await assert.rejects(
      async () => store.remember("jkt", "jti", soon()),
      /silent for 50 ms/,
    );
  } finally {
    server.process.signal("SIGCONT");
  }
});

test("two guards with one Redis admit a proof once, and answer 503 while it is away", async () => {
  await using server = await startRedis();
  await using issuer = await serveIssuer();
  const args = `--upstream-form nginx --any-audience --issuer ${issuer.origin} --dpop offered --public-url https://api.test --replay-store ${server.url}`;
  await using one = await startGuard(args.split(" "));
  await using two = await startGuard(args.split(" "));
  const key = await issuer.issuer.proofKey();
  const token = await issuer.issuer.mint({ boundTo: key });
  const prove = (): Promise<string> =>
    issuer.issuer.prove(key, {
      method: "GET",
      url: "https://api.test/orders",
      token,
    });
  const send = async (guard: GuardProcess, dpop: string): Promise<unknown> => {
    const { status, headers } = await rawRequest(guard.origin, "/auth", {
      authorization: `DPoP ${token}`,
      dpop,
      "x-original-method": "GET",
      "x-original-uri": "/orders",
    });
    return status === 200 ? 200 : Number(headers["assay-status"]);
  };
  for (let round = 0; round < 20; round++) {
    const proof = await prove();
    const both = [send(one, proof), send(two, proof), send(one, proof)];
    const told = await Promise.all(both);
    assert.equal(told.filter((status) => status === 200).length, 1);
    assert.equal(told.filter((status) => status === 401).length, 2);
  }
  await server.process.stop("SIGKILL");
  for (const guard of [one, two])
    assert.equal(await send(guard, await prove()), 503);
  const bearer = await rawRequest(one.origin, "/auth", {
    authorization: `Bearer ${await issuer.issuer.mint()}`,
    "x-original-method": "GET",
    "x-original-uri": "/orders",
  });
  assert.equal(bearer.status, 200);
  await one.process.until((said) => said.includes("the replay store is away"));
});

test("a guard does not start with a Redis that is away, or that may forget a proof; and says no password", async () => {
  const away = `redis://:a-password@127.0.0.1:${await freePort()}`;
  await using evicting = await startRedis("--maxmemory-policy", "allkeys-lru");
  for (const [url, found] of [
    [away, /replayStore: expected a Redis .*found ECONNREFUSED/],
    [evicting.url, /noeviction, found allkeys-lru/],
  ] as const) {
    const args = `guard --listen 127.0.0.1:0 --upstream-form nginx --any-audience --issuer https://issuer.test --dpop offered --public-url https://api.test --replay-store ${url}`;
    await using guard = run(process.execPath, [ASSAY, ...args.split(" ")]);
    assert.equal(await guard.ended(), 2);
    assert.match(guard.said(), found);
    assert.doesNotMatch(guard.said(), /a-password/);
  }
});
