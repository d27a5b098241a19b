/** Two servers on one PostgreSQL: what one revokes, a reader at the other hears, whoever seals. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { MasterSecret } from "../../src/master-key.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import type { Store } from "../../src/store/store.ts";
import { makePostgresServer } from "../store/postgres-server.ts";
import {
  openRevocationBed,
  placeOf,
  type RevocationBed,
} from "./revocation-bed.ts";

const server = makePostgresServer();
if (server !== null)
  describe("two servers on one database", () => {
    const beds: RevocationBed[] = [];
    const stores: Store[] = [];
    before(async () => {
      const master = new MasterSecret(randomBytes(32));
      for (let i = 0; i < 2; i++) {
        const store = await openPostgresStore({
          url: server.url(),
          issuerId: "two",
        });
        stores.push(store);
        beds.push(await openRevocationBed({ store, master }));
      }
    });
    after(async () => {
      for (const bed of beds) await bed.close();
      for (const store of stores) await store.close();
      server.remove();
    });

    test("tell each other's revocations, in one order, to every reader", async () => {
      const readings = await Promise.all(beds.map(async (bed) => bed.read()));
      for (const reading of readings) await reading.untilToldAll();
      const places: string[] = [];
      for (let i = 0; i < 20; i++)
        places.push(
          ...(await Promise.all(beds.map(async (bed) => bed.revokeOne()))),
        );
      for (const reading of readings)
        for (const place of places) await reading.untilTold(place);
      const [one, two] = readings.map(({ revoked }) => revoked);
      assert.equal(one?.length, 40);
      assert.deepEqual(one, two);
      const numbers = one?.map(({ seq }) => seq);
      assert.deepEqual(
        numbers,
        numbers?.toSorted((a, b) => a - b),
      );
    });

    test("let a reader go on at the other from the number that it had", async () => {
      const [here, there] = beds;
      assert.ok(here && there);
      const first = await here.read();
      await first.untilTold(await there.revokeOne());
      const known = first.id ?? 0;
      await first.close();
      const missed = await here.revokeOne();
      const second = await there.read({ after: known });
      await second.untilTold(missed);
      assert.deepEqual(second.snapshots, []);
      assert.equal(second.revoked.length, 1);
    });

    test("set the bit in the list of both", async () => {
      const [here, there] = beds;
      assert.ok(here && there);
      const { access, claims } = await here.signIn();
      const { list } = placeOf(claims);
      const of = async (bed: RevocationBed): Promise<string> =>
        (await bed.fetch(`/status-lists/${list}`)).text();
      const [old] = [await of(there)];
      await here.post("/revoke", "app", { token: access });
      while ((await of(there)) === old) await wait(20);
    });
  });
