import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  API,
  apiClient,
  ISSUER,
  openRevocationBed,
  OTHER,
  placeOf,
  type RevocationBed,
} from "./revocation-bed.ts";

let bed: RevocationBed;
before(async () => {
  bed = await openRevocationBed();
  await bed.put(apiClient("other-api", [OTHER]));
  await bed.put(apiClient("gateway", [API, OTHER]));
});
after(async () => bed.close());

const own: RevocationBed[] = [];
after(async () => {
  for (const one of own) await one.close();
});

/** A server of the test's own, whose clock and numbers it may change. */
async function fresh(): Promise<RevocationBed> {
  const one = await openRevocationBed();
  own.push(one);
  return one;
}

describe("a reader of the feed", () => {
  test("gets a snapshot first, then each revocation with its number, list, index and end", async () => {
    const earlier = await bed.revokeOne();
    const old = await bed.read();
    await old.untilTold(earlier);
    const reading = await bed.read();
    await reading.until(
      ({ heartbeats }) => heartbeats.length > 0,
      "a heartbeat",
    );
    const [snapshot] = reading.snapshots;
    assert.equal(reading.events[0]?.name, "snapshot");
    assert.deepEqual(
      {
        iss: ISSUER,
        aud: "api",
        resource: API,
        part: 1,
        last: true,
        seq: reading.id,
      },
      {
        iss: snapshot?.iss,
        aud: snapshot?.aud,
        resource: snapshot?.resource,
        part: snapshot?.part,
        last: snapshot?.last,
        seq: snapshot?.seq,
      },
    );
    assert.ok(reading.places.has(earlier));

    const { access, claims } = await bed.signIn();
    await bed.post("/revoke", "app", { token: access });
    await reading.until(({ revoked }) => revoked.length > 0, "the event");
    const { list, index } = placeOf(claims);
    assert.deepEqual(reading.revoked, [
      {
        seq: (snapshot?.seq ?? 0) + 1,
        resource: API,
        list,
        idx: index,
        exp: claims.exp,
      },
    ]);
  });

  test("hears of its own resources alone, and of no subject, client or token", async () => {
    const [api, other, gateway, narrowed] = [
      await bed.read(),
      await bed.read({ clientId: "other-api" }),
      await bed.read({ clientId: "gateway" }),
      await bed.read({ clientId: "gateway", resources: [OTHER] }),
    ];
    const places = {
      api: await bed.revokeOne(API),
      other: await bed.revokeOne(OTHER),
    };
    await gateway.untilTold(places.api);
    for (const reading of [other, gateway, narrowed])
      await reading.untilTold(places.other);
    await api.untilTold(places.api);
    for (const reading of [api, other, narrowed]) await reading.untilToldAll();
    assert.ok(!api.places.has(places.other));
    assert.ok(!other.places.has(places.api));
    assert.ok(!narrowed.places.has(places.api));
    assert.deepEqual(
      gateway.snapshots.map(({ resource }) => resource),
      [API, OTHER],
    );
    const { jti } = (await bed.signIn()).claims;
    for (const { name, data } of gateway.events) {
      const text =
        name === "revoked"
          ? data
          : Buffer.from(data.split(".")[1] ?? "", "base64url").toString();
      assert.doesNotMatch(text, /alice|"app"/);
      assert.ok(!text.includes(String(jti)));
    }
  });

  test("resumes behind the number that it knows, by query or header, and gets no snapshot", async () => {
    const first = await bed.read();
    await first.untilTold(await bed.revokeOne());
    const known = first.id ?? 0;
    await first.close();
    const missed = [
      await bed.revokeOne(),
      await bed.revokeOne(OTHER),
      await bed.revokeOne(),
    ];
    const watching = await bed.read();
    await watching.untilTold(missed[2] ?? "");
    for (const wish of [{ after: known }, { lastEventId: String(known) }]) {
      const reading = await bed.read(wish);
      await reading.untilToldAll();
      assert.deepEqual(reading.snapshots, []);
      assert.deepEqual(
        reading.revoked.map(({ list, idx }) => `${list} ${idx}`),
        [missed[0], missed[2]],
      );
      // The number goes on even where the events were for others.
      assert.equal(reading.id, watching.id);
    }
  });

  test("gets a snapshot in place of a number that is none of ours", async () => {
    const place = await bed.revokeOne();
    await (await bed.read()).untilTold(place);
    for (const number of [
      "999999999",
      "-1",
      "newest",
      "1e3",
      "99999999999999999999",
    ]) {
      const reading = await bed.read({ after: number });
      await reading.untilToldAll();
      assert.equal(reading.snapshots.length, 1, number);
      assert.ok(reading.places.has(place));
    }
  });

  test("gets no snapshot of tokens that are over by themselves", async () => {
    const alone = await fresh();
    const watching = await alone.read();
    await watching.untilTold(await alone.revokeOne());
    alone.ahead += 700_000;
    const live = await alone.revokeOne();
    await watching.untilTold(live);
    const reading = await alone.read();
    await reading.untilToldAll();
    assert.deepEqual([...reading.places], [live]);
  });

  test("goes on where numbers were left out, as after a backup was restored", async () => {
    const alone = await fresh();
    const reading = await alone.read();
    await reading.untilTold(await alone.revokeOne());
    const known = reading.id ?? 0;
    await reading.close();
    const newest = await alone.store.newestRevocation();
    await alone.store.writeValue(
      "newest-revocation",
      String(newest),
      String(newest + 1000),
    );
    const again = await alone.read({ after: known });
    await again.untilToldAll();
    assert.equal(again.id, newest + 1000);
    assert.deepEqual(again.revoked, []);
  });

  test("gets a snapshot of what still lives when numbers behind its own were swept", async () => {
    const swept = await openRevocationBed();
    try {
      const revoke = async (): Promise<string> => {
        const { access, claims } = await swept.signIn();
        await swept.post("/revoke", "app", { token: access });
        const { list, index } = placeOf(claims);
        return `${list} ${index}`;
      };
      const reading = await swept.read();
      await reading.untilTold(await revoke());
      const known = reading.id ?? 0;
      await reading.untilTold(await revoke());
      swept.ahead += 2 * 24 * 3600 * 1000;
      await swept.store.sweep(swept.issuer.context.clock(), 100);
      await reading.close();
      const again = await swept.read({ after: known });
      const place = await revoke();
      await again.untilTold(place);
      assert.deepEqual(
        again.snapshots.map(({ lists }) => lists),
        [[]],
      );
      assert.deepEqual([...again.places], [place]);
    } finally {
      await swept.close();
    }
  });
});

test("proxies are told not to collect the stream, and caches not to keep it", async () => {
  const { response } = await bed.read();
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  assert.equal(response.headers.get("x-accel-buffering"), "no");
  assert.equal(response.headers.get("cache-control"), "no-store");
});

test("a server that stops ends each stream in good order and opens no other", async () => {
  const stopping = await openRevocationBed();
  try {
    const reading = await stopping.read();
    await reading.untilToldAll();
    stopping.issuer.endStreams();
    await reading.until(({ ended }) => ended, "the end");
    assert.equal(reading.why, "stopping");
    const answer = await stopping.fetch("/revocations", {
      headers: { authorization: `Bearer ${await stopping.feedToken()}` },
    });
    assert.equal(answer.status, 429);
  } finally {
    await stopping.close();
  }
});
