import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { StoreUnavailable } from "../../src/store/store.ts";
import type { FeedReading } from "./feed-reading.ts";
import {
  ISSUER,
  json,
  openRevocationBed,
  type RevocationBed,
} from "./revocation-bed.ts";

let bed: RevocationBed;
before(async () => {
  bed = await openRevocationBed();
});
after(async () => bed.close());

describe("a heartbeat", () => {
  test("is signed, of this moment, and says the newest number, the published keys and their ETag", async () => {
    const reading = await bed.read();
    await reading.untilTold(await bed.revokeOne());
    const started = bed.issuer.context.clock() / 1000;
    await reading.until(
      ({ heartbeats }) =>
        heartbeats.filter(({ iat }) => iat > started).length > 1,
      "two heartbeats",
    );
    const {
      seq,
      kids,
      jwks_etag: etag,
      iat,
      iss,
    } = reading.heartbeats.at(-1) ?? assert.fail();
    const set = await bed.fetch("/jwks");
    const { keys } = (await json(set)) as { keys: { kid: string }[] };
    assert.equal(iss, ISSUER);
    assert.equal(seq, await bed.store.newestRevocation());
    assert.deepEqual(
      kids,
      keys.map(({ kid }) => kid),
    );
    assert.equal(etag, set.headers.get("etag"));
    assert.ok(iat >= started && iat <= bed.issuer.context.clock() / 1000);
    const times = reading.heartbeats.map((one) => one.iat);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(times).size, times.length);
  });

  test("is the same for all connections: it is signed once", async (t) => {
    const readings = await Promise.all(
      Array.from({ length: 20 }, async () => bed.read()),
    );
    const sign = t.mock.method(bed.issuer.context.keys, "sign");
    const beats = (reading: FeedReading): readonly string[] =>
      reading.events
        .filter(({ name }) => name === "heartbeat")
        .map(({ data }) => data);
    for (const reading of readings)
      await reading.until(
        ({ heartbeats }) => heartbeats.length > 2,
        "heartbeats",
      );
    const [all] = readings.map((reading) => new Set(beats(reading)));
    for (const reading of readings.slice(1)) {
      const common = beats(reading).filter((data) => all?.has(data));
      assert.ok(common.length > 0);
    }
    const kinds = new Set(readings.flatMap((reading) => beats(reading)));
    const signed = sign.mock.calls.filter(
      ({ arguments: [, , kind] }) =>
        kind.typ === "assay-revocations-heartbeat+jwt",
    );
    assert.ok(
      signed.length + 2 >= kinds.size && kinds.size < 20,
      `${kinds.size}`,
    );
  });

  test("does not come while a revocation waits that nobody seals", async (t) => {
    const reading = await bed.read();
    await reading.untilToldAll();
    const sealing = t.mock.method(bed.store, "seal", async () => ({
      entries: 0,
      revocations: 0,
      newest: 0,
    }));
    const waiting = t.mock.method(bed.store, "oldestUnsealed");
    const place = await bed.revokeOne();
    const hears = reading.untilTold(place);
    const revokedAt = (await bed.store.oldestUnsealed()) ?? assert.fail();
    while (bed.issuer.context.clock() < revokedAt + 1500) await wait(50);
    const so = reading.heartbeats.length;
    const asked = waiting.mock.callCount();
    while (waiting.mock.callCount() < asked + 3) await wait(20);
    assert.equal(reading.heartbeats.length, so);
    sealing.mock.restore();
    await hears;
    await reading.untilToldAll();
    assert.ok(reading.heartbeats.length > so);
  });

  test("does not come while the store is away, and comes again when it is back", async (t) => {
    const reading = await bed.read();
    await reading.untilToldAll();
    const away = t.mock.method(bed.store, "revokedPlaces", async () => {
      throw new StoreUnavailable("away");
    });
    const looks = async (count: number): Promise<void> => {
      const until = away.mock.callCount() + count;
      while (away.mock.callCount() < until) await wait(20);
    };
    const place = await bed.revokeOne();
    const hears = reading.untilTold(place);
    // What was on its way when the store went has come by then.
    await looks(3);
    const so = reading.heartbeats.length;
    await looks(15);
    assert.equal(reading.heartbeats.length, so);
    away.mock.restore();
    await hears;
    await reading.untilToldAll();
    assert.equal(
      reading.heartbeats.at(-1)?.seq,
      await bed.store.newestRevocation(),
    );
  });
});
