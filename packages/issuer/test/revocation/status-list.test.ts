import {
  checkStatusListToken,
  keySet,
  readStatus,
  type Jwk,
} from "@assay/token";
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { statusListAddress } from "../../src/addresses.ts";
import { STATUS_LIST_SIZE } from "../../src/revocation/status-places.ts";
import { StoreUnavailable } from "../../src/store/store.ts";
import {
  ISSUER,
  json,
  OTHER,
  openRevocationBed,
  placeOf,
  type Place,
  type RevocationBed,
} from "./revocation-bed.ts";

let bed: RevocationBed;
before(async () => {
  bed = await openRevocationBed();
});
after(async () => bed.close());

const fetchList = async (
  list: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => bed.fetch(`/status-lists/${list}`, { headers });

/** The list as a verifier gets it: fetched, judged, unpacked. */
async function checked(
  list: string,
): Promise<
  Exclude<
    Awaited<ReturnType<typeof checkStatusListToken>>,
    { findings: unknown }
  >
> {
  const response = await fetchList(list);
  assert.equal(response.status, 200);
  const result = await checkStatusListToken(await response.text(), {
    uri: statusListAddress(ISSUER, list),
    issuer: ISSUER,
    keys: keySet((await json(await bed.fetch("/jwks"))) as { keys: Jwk[] }),
    now: bed.issuer.context.clock() / 1000,
  });
  assert.ok("list" in result, JSON.stringify(result));
  return result;
}

const status = async ({ list, index }: Place): Promise<unknown> =>
  readStatus((await checked(list)).list, index);

async function untilSealed(): Promise<void> {
  while ((await bed.store.seal(1000)).revocations > 0);
  bed.issuer.context.statusLists.sealed();
}

describe("a status list", () => {
  test("is signed for its address, has a place for each token, and says when to fetch it again", async () => {
    const { claims } = await bed.signIn();
    const { list } = placeOf(claims);
    const { list: bits, ttl, iat, exp } = await checked(list);
    assert.equal(bits.bits, 1);
    assert.equal(bits.bytes.length * 8, STATUS_LIST_SIZE);
    assert.equal(ttl, 10);
    assert.ok(exp !== null && exp > iat + 10);
    const response = await fetchList(list);
    assert.equal(
      response.headers.get("content-type"),
      "application/statuslist+jwt",
    );
    assert.match(
      response.headers.get("cache-control") ?? "",
      /^public, max-age=(10|[0-9])$/,
    );
  });

  test("has the bit of a revoked token, and of no other", async () => {
    const [one, two] = [await bed.signIn(), await bed.signIn()];
    const places = [placeOf(one.claims), placeOf(two.claims)] as const;
    assert.deepEqual(
      [await status(places[0]), await status(places[1])],
      [0, 0],
    );
    await bed.post("/revoke", "app", { token: one.access });
    await untilSealed();
    assert.deepEqual(
      [await status(places[0]), await status(places[1])],
      [1, 0],
    );
  });

  test("shows each of many revocations, whatever byte and bit they have", async () => {
    const tokens = [];
    for (let i = 0; i < 40; i++) tokens.push(await bed.signIn());
    const [gone, here] = [tokens.slice(0, 20), tokens.slice(20)];
    for (const { access } of gone)
      await bed.post("/revoke", "app", { token: access });
    await untilSealed();
    for (const { claims } of gone)
      assert.equal(await status(placeOf(claims)), 1);
    for (const { claims } of here)
      assert.equal(await status(placeOf(claims)), 0);
  });

  test("is the same until something is revoked, and another one when its ttl is over", async () => {
    const { claims, access } = await bed.signIn();
    const { list } = placeOf(claims);
    const first = await (await fetchList(list)).text();
    assert.equal(await (await fetchList(list)).text(), first);
    await bed.post("/revoke", "app", { token: access });
    await untilSealed();
    const second = await (await fetchList(list)).text();
    assert.notEqual(second, first);
    bed.ahead += 10_001;
    bed.issuer.context.statusLists.sealed();
    assert.notEqual(await (await fetchList(list)).text(), second);
  });

  test("answers 304 to whoever has it", async () => {
    const { list } = placeOf((await bed.signIn()).claims);
    const etag = (await fetchList(list)).headers.get("etag") ?? "";
    const again = await fetchList(list, {
      "if-none-match": `"other", ${etag}`,
    });
    assert.equal(again.status, 304);
    assert.equal(again.headers.get("etag"), etag);
    assert.equal(
      (await fetchList(list, { "if-none-match": '"other"' })).status,
      200,
    );
  });

  test("is not signed by a key that was withdrawn", async () => {
    const { list } = placeOf((await bed.signIn()).claims);
    const { context } = bed.issuer;
    await fetchList(list);
    const current = (await context.keys.list()).find(
      ({ state }) => state === "current",
    );
    await context.keys.withdraw(current?.kid ?? "");
    context.statusLists.sealed();
    await checked(list);
  });

  test("is made once, however many ask at once; unknown names cost no look in the store", async (t) => {
    const { list } = placeOf((await bed.signIn()).claims);
    bed.ahead += 60_000;
    await bed.issuer.context.keys.tick();
    bed.issuer.context.statusLists.sealed();
    const sign = t.mock.method(bed.issuer.context.keys, "prepare");
    const read = t.mock.method(bed.store, "listStatusLists");
    const answers = await Promise.all([
      ...Array.from({ length: 200 }, async () => fetchList(list)),
      ...Array.from({ length: 200 }, async (_, i) => fetchList(`unknown-${i}`)),
    ]);
    assert.equal(answers.filter((answer) => answer.status === 200).length, 200);
    assert.equal(answers.filter((answer) => answer.status === 404).length, 200);
    assert.equal(sign.mock.callCount(), 1);
    assert.ok(read.mock.callCount() <= 2, `${read.mock.callCount()} looks`);
  });

  test("does not say what it cannot", async () => {
    const { list } = placeOf((await bed.signIn()).claims);
    assert.equal(
      (await bed.fetch(`/status-lists/${list}?time=1686925000`)).status,
      501,
    );
    assert.equal(
      (await fetchList(list, { accept: "application/statuslist+cwt" })).status,
      406,
    );
    assert.equal(
      (await fetchList(list, { accept: "application/statuslist+jwt" })).status,
      200,
    );
    assert.equal(
      (await bed.fetch(`/status-lists/${list}`, { method: "POST" })).status,
      405,
    );
  });

  test("is no answer while the store is away: 503, never an old list", async (t) => {
    const { list } = placeOf((await bed.signIn()).claims);
    await fetchList(list);
    bed.issuer.context.statusLists.sealed();
    t.mock.method(bed.store, "revokedPlaces", async () => {
      throw new StoreUnavailable("away");
    });
    const answer = await fetchList(list);
    assert.equal(answer.status, 503);
    assert.ok(answer.headers.has("retry-after"));
  });
});

test("the aggregation names every list that has a token", async () => {
  const one = placeOf((await bed.signIn()).claims);
  const two = placeOf((await bed.signIn({ resource: OTHER })).claims);
  assert.notEqual(one.list, two.list);
  // The names are read again a tenth of a second later at most.
  for (;;) {
    const response = await bed.fetch("/status-lists");
    assert.equal(response.headers.get("content-type"), "application/json");
    const { status_lists: lists } = await json(response);
    assert.ok(Array.isArray(lists));
    if (lists.length < 2) {
      await wait(20);
      continue;
    }
    assert.deepEqual(
      new Set(lists),
      new Set([one, two].map(({ list }) => statusListAddress(ISSUER, list))),
    );
    break;
  }
});
