/**
 * Two years of an issuer, at a day a step: its clock is set by hand, everything else is as in operation. Keys rotate when they are due,
 * no key leaves the published set before the last token under it, and whatever has ended goes.
 */
import { createVerifier, keySet, readStatus, type Jwk } from "@assay/token";
import { checkStatusListToken, decodeUnverified } from "@assay/token";
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { pino } from "pino";
import { statusListAddress } from "../src/addresses.ts";
import { verifyStoredChain } from "../src/journal/stored-chain.ts";
import { endSubject } from "../src/revocation/end-tokens.ts";
import { journalEntry } from "./client-bed.ts";
import {
  API,
  ISSUER,
  json,
  openRevocationBed,
  OTHER,
  placeOf,
  type Place,
  type RevocationBed,
} from "./revocation/revocation-bed.ts";
import { COUNT_ROWS } from "./store/tables.ts";
import { openTemporaryStore } from "./temporary-store.ts";

const DAY = 24 * 3_600_000;
const DAYS = 730;
const ROTATE_EVERY = 30 * DAY;
const PUBLISH_AHEAD = DAY;
const JOURNAL_DAYS = 60;
/** Tokens for OTHER outlive a rotation of keys, and a half. */
const LONG_SECONDS = 45 * 24 * 3600;
/** After so many days everything that goes has begun to go. */
const FULL = 200;

interface Token {
  readonly text: string;
  readonly kid: string;
  readonly place: Place;
  /** Milliseconds. */
  readonly expiresAt: number;
  revoked: boolean;
}

const { path, store, master, close } = await openTemporaryStore();
const warnings: string[] = [];
const time = { now: Date.UTC(2026, 0, 1) };
let bed: RevocationBed;
let reader: DatabaseSync;

before(async () => {
  bed = await openRevocationBed(
    { store, master },
    {
      clock: () => time.now,
      journalDays: JOURNAL_DAYS,
      ring: {
        rotateEverySeconds: ROTATE_EVERY / 1000,
        publishAheadSeconds: PUBLISH_AHEAD / 1000,
      },
      logger: pino(
        { level: "warn" },
        { write: (line: string) => void warnings.push(line) },
      ),
    },
  );
  const long = await store.findResource(OTHER);
  assert.ok(long);
  await store.putResource(
    { ...long, accessTokenSeconds: LONG_SECONDS },
    journalEntry("resource.changed"),
  );
  const app = await store.findClient("app");
  assert.ok(app);
  await bed.put({
    ...app.client,
    refresh: {
      ...app.client.refresh,
      idleSeconds: (3 * DAY) / 1000,
      absoluteSeconds: (30 * DAY) / 1000,
      onReuse: "revoke",
    },
  });
  reader = new DatabaseSync(path, { readOnly: true });
});
after(async () => {
  reader.close();
  await bed.close();
  await close();
});

async function published(): Promise<readonly Jwk[]> {
  const set = await json(await bed.fetch("/jwks"));
  return (set as unknown as { readonly keys: readonly Jwk[] }).keys;
}

async function issue(resource: string): Promise<Token> {
  const text = await bed.ownToken("app", resource);
  const { header, claims } = decodeUnverified(text);
  assert.ok(claims);
  return {
    text,
    kid: String(header?.["kid"]),
    place: placeOf(claims),
    expiresAt: Number(claims.exp) * 1000,
    revoked: false,
  };
}

/** What a guard that has just fetched the keys says. */
async function accepts(
  { text }: Token,
  keys: readonly Jwk[],
): Promise<boolean> {
  const verdict = await createVerifier({
    issuer: ISSUER,
    audience: OTHER,
    keys: keySet({ keys: [...keys] }),
    clock: () => time.now,
  }).verify(text);
  return verdict.outcome === "accepted";
}

async function isMarked(
  { list, index }: Place,
  keys: readonly Jwk[],
): Promise<boolean> {
  const response = await bed.fetch(`/status-lists/${list}`);
  assert.equal(response.status, 200, "the list of a living token is published");
  const result = await checkStatusListToken(await response.text(), {
    uri: statusListAddress(ISSUER, list),
    issuer: ISSUER,
    keys: keySet({ keys: [...keys] }),
    now: time.now / 1000,
  });
  assert.ok("list" in result, JSON.stringify(result));
  return readStatus(result.list, index) !== 0;
}

async function sealAll(): Promise<void> {
  for (;;) {
    const { entries, revocations } = await store.seal(1000);
    if (entries === 0 && revocations === 0) break;
  }
  bed.issuer.context.statusLists.sealed();
}

const rows = (): Readonly<Record<string, number>> =>
  Object.fromEntries(
    (
      reader.prepare(COUNT_ROWS("one")).all() as unknown as readonly {
        readonly name: string;
        readonly n: number;
      }[]
    ).map(({ name, n }) => [name, n]),
  );

/** One who renews every day, and signs in again when a session is over. Sometimes an old copy of the token comes back. */
class Person {
  signIns = 0;
  #refresh: string | null = null;

  async comes(day: number): Promise<void> {
    const old = this.#refresh;
    const renewed = old === null ? null : await this.#renew(old);
    if (renewed === null) {
      this.signIns++;
      this.#refresh = (
        await bed.signIn({ subject: `person-${this.signIns}`, resource: API })
      ).refresh;
      return;
    }
    this.#refresh = renewed;
    if (day % 50 !== 49 || old === null) return;
    assert.equal(await this.#renew(old), null, "no old copy is good again");
    assert.equal(await this.#renew(renewed), null, "a theft ends the session");
  }

  async #renew(token: string): Promise<string | null> {
    const response = await bed.refresh("app", token);
    const body = await json(response);
    if (response.status === 200) return String(body["refresh_token"]);
    assert.equal(body["error"], "invalid_grant");
    return null;
  }
}

test("in two years keys rotate, tokens keep their keys, and nothing grows without bound", async () => {
  const person = new Person();
  const firstSeen = new Map<string, number>();
  const firstUsed = new Map<string, number>();
  const lists = new Set<string>();
  let live: Token[] = [];
  let mostKeys = 0;
  const most: Record<"early" | "late", Record<string, number>> = {
    early: {},
    late: {},
  };
  for (let day = 1; day <= DAYS; day++) {
    time.now += DAY;
    await bed.issuer.tick();
    const keys = await published();
    mostKeys = Math.max(mostKeys, keys.length);
    for (const { kid } of keys)
      if (!firstSeen.has(String(kid))) firstSeen.set(String(kid), time.now);

    const [token] = await Promise.all([
      issue(OTHER),
      issue(API),
      person.comes(day),
    ]);
    if (!firstUsed.has(token.kid)) firstUsed.set(token.kid, time.now);
    lists.add(token.place.list);
    if (day % 3 === 0) {
      await bed.post("/revoke", "app", { token: token.text });
      token.revoked = true;
    }
    if (day % 60 === 0)
      await endSubject(
        bed.issuer.context,
        `person-${person.signIns}`,
        "password_changed",
        { clientId: null, ip: null, agent: null },
      );
    await sealAll();

    live = [...live, token].filter(({ expiresAt }) => expiresAt > time.now);
    const kids = new Set(keys.map(({ kid }) => kid));
    for (const { kid } of live)
      assert.ok(kids.has(kid), `a key left before its tokens, day ${day}`);
    const [oldest] = live;
    assert.ok(oldest);
    assert.ok(await accepts(oldest, keys));
    if (day % 20 === 0)
      for (const one of [oldest, token]) {
        assert.equal(await isMarked(one.place, keys), one.revoked);
        assert.equal(
          await bed.isActive(one.text),
          false,
          "it is not the API's",
        );
      }
    if (day < FULL) continue;
    const half = most[day < FULL + (DAYS - FULL) / 2 ? "early" : "late"];
    for (const [table, n] of Object.entries(rows()))
      half[table] = Math.max(half[table] ?? 0, n);
  }

  const uses = [...firstUsed.values()];
  assert.ok(uses.length >= 24 && uses.length <= 25, `${uses.length} keys`);
  for (const [i, at] of uses.entries())
    // The first signed before it was looked at.
    if (i > 1) {
      const signed = at - (uses[i - 1] ?? 0);
      assert.ok(signed >= ROTATE_EVERY && signed <= ROTATE_EVERY + DAY);
    }
  for (const [kid, at] of [...firstUsed].slice(1))
    assert.ok(at - (firstSeen.get(kid) ?? at) >= PUBLISH_AHEAD);
  // Current, next, and those whose tokens of 45 days still live.
  assert.ok(mostKeys <= 4, `${mostKeys} keys in the set`);
  assert.ok((await published()).length <= 4);

  for (const [table, n] of Object.entries(most.late)) {
    const earlier = most.early[table] ?? 0;
    assert.ok(
      n <= earlier * 1.05 + 1,
      `${table}: at most ${earlier} rows until day 465, ${n} later`,
    );
  }
  const addresses = await json(await bed.fetch("/status-lists"));
  const open = (addresses["status_lists"] as readonly string[]).length;
  assert.ok(open < lists.size / 4, `${open} of ${lists.size} lists are left`);

  const [oldest] = await store.readJournal({ limit: 1, event: "token.issued" });
  assert.ok(oldest && oldest.at >= time.now - JOURNAL_DAYS * DAY - DAY);
  assert.equal((await verifyStoredChain(store)).fault, null);
  assert.ok(person.signIns > 24);
  assert.deepEqual(warnings, []);
});
