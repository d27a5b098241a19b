/** The feed under load, with readers that come and go, that are slow, and over real connections. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { adapted } from "../../src/fetch-listener.ts";
import { listen } from "../../src/listen.ts";
import { endClientBefore, endToken } from "../../src/revocation/end-tokens.ts";
import { FeedReader } from "../../src/revocation/feed-reader.ts";
import { settleAll } from "../store/settle-all.ts";
import type { FeedReading } from "./feed-reading.ts";
import {
  API,
  apiClient,
  openRevocationBed,
  placeOf,
  type RevocationBed,
} from "./revocation-bed.ts";

let bed: RevocationBed;
before(async () => {
  bed = await openRevocationBed();
});
after(async () => bed.close());

const OPERATOR = { clientId: null, ip: null, agent: null, by: "operator" };

interface Issued {
  readonly text: string;
  readonly tokenId: string;
  readonly place: string;
}

async function issue(count: number): Promise<readonly Issued[]> {
  const issued: Issued[] = [];
  const issueOne = async (): Promise<void> => {
    const text = await bed.ownToken("app");
    const claims = JSON.parse(
      Buffer.from(text.split(".")[1] ?? "", "base64url").toString(),
    ) as { jti: string };
    const { list, index } = placeOf(claims);
    issued.push({ text, tokenId: claims.jti, place: `${list} ${index}` });
  };
  while (issued.length < count)
    await Promise.all(
      Array.from({ length: Math.min(100, count - issued.length) }, issueOne),
    );
  return issued;
}

const revoke = async ({ tokenId }: Issued): Promise<unknown> =>
  endToken(bed.issuer.context, tokenId, OPERATOR);

const inOrder = ({ revoked }: FeedReading): void => {
  const numbers = revoked.map(({ seq }) => seq);
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].toSorted((a, b) => a - b),
  );
};

describe("a thousand revocations under load", () => {
  test("reach each reader once and in order, also one that is cut off again and again", async () => {
    const tokens = await issue(1000);
    const steady = await Promise.all(
      Array.from({ length: 10 }, async () => bed.read()),
    );
    for (const reading of steady) await reading.untilToldAll();
    const all = ({ revoked }: FeedReading): boolean => revoked.length >= 1000;
    const restless = async (): Promise<readonly FeedReading[]> => {
      const readings: FeedReading[] = [];
      let known = steady[0]?.id ?? 0;
      for (let heard = 0; heard < 1000;) {
        const reading = await bed.read({ after: known });
        readings.push(reading);
        await reading.until(
          ({ revoked }) => revoked.length > 0,
          "another revocation",
        );
        heard += reading.revoked.length;
        known = reading.id ?? known;
        await reading.close();
      }
      return readings;
    };
    const load = async (): Promise<void> => {
      // Others issue and introspect meanwhile.
      for (const { text } of tokens.slice(0, 200)) {
        await bed.isActive(text);
        await bed.ownToken("app");
      }
    };
    const revokeAll = async (): Promise<void> => {
      for (let i = 0; i < tokens.length; i += 20)
        await Promise.all(tokens.slice(i, i + 20).map(revoke));
    };
    const [readings] = await Promise.all([
      restless(),
      load(),
      revokeAll(),
      ...steady.map(async (reading) => reading.until(all, "all revocations")),
    ]);
    const places = new Set(tokens.map(({ place }) => place));
    for (const reading of steady) {
      assert.equal(reading.revoked.length, 1000);
      assert.deepEqual(reading.places, places);
      inOrder(reading);
    }
    const heard = readings.flatMap(({ revoked }) => revoked);
    assert.equal(heard.length, 1000);
    assert.deepEqual(
      new Set(heard.map(({ list, idx }) => `${list} ${idx}`)),
      places,
    );
    for (const reading of readings) assert.deepEqual(reading.snapshots, []);
    for (const reading of steady) await reading.close();
  });
});

describe("a reader that does not read", () => {
  test("makes the server keep no more than a page for it, and gets all in order when it reads on", async (t) => {
    const asleep = await bed.read();
    const awake = await bed.read();
    await awake.untilToldAll();
    await asleep.untilToldAll();
    const tokens = await issue(2500);
    const enqueue = t.mock.method(
      ReadableStreamDefaultController.prototype,
      "enqueue",
    );
    // All of it gets its numbers within a moment, between two heartbeats.
    const { context } = bed.issuer;
    const sealing = t.mock.method(bed.store, "seal", async () => ({
      entries: 0,
      revocations: 0,
      newest: 0,
    }));
    await endClientBefore(context, "app", context.clock(), OPERATOR);
    await settleAll(bed.store, context.clock(), 1000);
    sealing.mock.restore();
    while ((await bed.store.seal(1000)).revocations > 0);
    await awake.until(
      ({ places }) => tokens.every(({ place }) => places.has(place)),
      "all revocations",
    );
    const bytes = new Map<unknown, number>();
    for (const { this: stream, arguments: args } of enqueue.mock.calls) {
      const chunk = Buffer.from(args[0] as Uint8Array);
      if (chunk.includes("event: "))
        bytes.set(stream, (bytes.get(stream) ?? 0) + chunk.byteLength);
    }
    const [least, most] = [...bytes.values()].toSorted((a, b) => a - b);
    assert.equal(bytes.size, 2);
    assert.ok((most ?? 0) > 250_000, `${most}`);
    assert.ok((least ?? 0) < 150_000, `${least}`);
    enqueue.mock.restore();
    await asleep.until(
      ({ places }) => tokens.every(({ place }) => places.has(place)),
      "all revocations",
    );
    for (const reading of [asleep, awake]) await reading.untilToldAll();
    assert.deepEqual(asleep.revoked, awake.revoked);
    inOrder(asleep);
  });

  test("is cut off when it takes nothing for ten seconds", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    let gone = 0;
    const access = { clientId: "api", resources: [API] };
    const reader = new FeedReader(access, () => gone++);
    reader.write("x".repeat(100_000));
    assert.ok(!reader.hasRoom);
    const sent = reader.send("more");
    t.mock.timers.tick(9999);
    assert.ok(reader.isOpen);
    t.mock.timers.tick(1);
    assert.equal(await sent, false);
    assert.equal(gone, 1);
    await assert.rejects(async () => reader.stream.getReader().read());
  });
});

test("what is revoked in large numbers at once fits into a snapshot of several parts", async () => {
  await issue(2000);
  const { context } = bed.issuer;
  await endClientBefore(context, "app", context.clock(), OPERATOR);
  await settleAll(bed.store, context.clock(), 1000);
  while ((await bed.store.seal(1000)).revocations > 0);
  // What the feed has told is in the snapshot of whoever comes next.
  await (await bed.read()).untilToldAll();
  const reading = await bed.read();
  await reading.untilToldAll();
  const { snapshots } = reading;
  assert.ok(snapshots.length > 1, `${snapshots.length} part`);
  assert.deepEqual(
    snapshots.map(({ part, last }) => [part, last]),
    snapshots.map((_, i) => [i + 1, i === snapshots.length - 1]),
  );
  const ended = await bed.store.revokedPlaces({
    resource: API,
    after: 0,
    limit: 10_000,
  });
  assert.ok(ended.length > 5000);
  assert.deepEqual(
    snapshots.flatMap(({ lists }) =>
      lists.flatMap(({ list, indexes }) =>
        indexes.map((index) => `${list} ${index}`),
      ),
    ),
    ended.map(({ list, index }) => `${list} ${index}`),
  );
});

describe("over a real connection", () => {
  test("events go out at once, whoever hangs up is forgotten, and stopping takes no time", async () => {
    const { servers, port } = await listen(
      adapted(async (asked) => bed.issuer.fetch(asked)),
      "127.0.0.1",
      0,
    );
    await bed.put(apiClient("wire", [API]));
    const headers = { authorization: `Bearer ${await bed.feedToken("wire")}` };
    const connect = async (): Promise<{
      text: () => string;
      readonly ended: Promise<unknown>;
      hangUp(): void;
    }> => {
      const asked = request({ port, path: "/revocations", headers });
      asked.on("error", () => {});
      asked.end();
      const [response] = await once(asked, "response");
      assert.equal(response.statusCode, 200);
      let text = "";
      response.on("error", () => {});
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      return {
        text: () => text,
        ended: new Promise((resolve) => response.on("close", resolve)),
        hangUp: () => asked.destroy(),
      };
    };
    const first = await connect();
    const [token] = await issue(1);
    assert.ok(token);
    await revoke(token);
    const [, index] = token.place.split(" ");
    while (!first.text().includes(`"idx":${index}`)) await wait(10);
    const more = await Promise.all(Array.from({ length: 127 }, connect));
    const refused = async (): Promise<boolean> => {
      const answer = await bed.fetch("/revocations", { headers });
      await answer.body?.cancel();
      return answer.status === 429;
    };
    assert.ok(await refused());
    for (const one of more) one.hangUp();
    while (await refused()) await wait(10);
    const closed = Promise.all(
      servers.map(async (server) => once(server, "close")),
    );
    for (const server of servers) server.close();
    assert.ok((servers[0]?.address() as AddressInfo | null) === null);
    bed.issuer.endStreams();
    await closed;
    await first.ended;
    assert.match(
      first.text().slice(-100),
      /event: end\ndata: \{"why":"stopping"\}\n\n$/,
    );
  });
});
