import assert from "node:assert/strict";
import {
  generateKeyPairSync,
  sign as signBytes,
  type KeyObject,
} from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { thumbprint } from "@assay/token";
import { KeyBed, setOf } from "../../test/key-bed.ts";
import { placeOf, SIGNING_KEY, SigningKeyDamaged } from "./local-signer.ts";
import type { Signer } from "./signer.ts";

const bed = new KeyBed();

describe("a signer", () => {
  it("leaves no private key in the files of the database", async () => {
    const ring = await bed.server();
    const [record] = await ring.list();
    assert(record);
    const opened = bed.master.unseal(
      SIGNING_KEY,
      record.sealed,
      placeOf(record.kid, record.algorithm),
    );
    const { d, x } = JSON.parse(Buffer.from(opened).toString()) as {
      d: string;
      x: string;
    };
    const files = readdirSync(bed.folder).map((name) =>
      readFileSync(join(bed.folder, name)),
    );
    assert(files.some((file) => file.includes(x)));
    assert(!files.some((file) => file.includes(d)));
    // Nor when it has been retired: then it is nowhere.
    await ring.rotate(record.algorithm, { force: true });
    await ring.withdraw(record.kid);
    const spent = await ring.find(record.kid);
    assert.throws(() =>
      bed.master.unseal(
        SIGNING_KEY,
        spent?.sealed ?? "",
        placeOf(record.kid, record.algorithm),
      ),
    );
  });

  describe("does not publish", () => {
    it("a public key that somebody put in the place of ours", async () => {
      const ring = await bed.server();
      const [record] = await ring.list();
      assert(record);
      const theirs = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const publicJwk = { ...theirs.publicKey.export({ format: "jwk" }) };
      await bed.store.changeSigningKeys(1, [{ ...record, publicJwk }], [], []);
      bed.now += 1000;
      await assert.rejects(ring.publicSet(), SigningKeyDamaged);
    });
    it("a retired key that we never had", async () => {
      const ring = await bed.server();
      const [record] = await ring.list();
      assert(record);
      const theirs = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const publicJwk = { ...theirs.publicKey.export({ format: "jwk" }) };
      const forged = {
        ...record,
        publicJwk,
        kid: await thumbprint(publicJwk),
        state: "retired" as const,
        retiredAt: bed.now,
      };
      await bed.store.changeSigningKeys(1, [forged], [], []);
      bed.now += 1000;
      await assert.rejects(ring.publicSet(), SigningKeyDamaged);
    });
  });

  it("works with keys that never leave their keeper", async () => {
    const keeper = new Map<string, KeyObject>();
    const remote: Signer = {
      async create(algorithm) {
        assert.equal(algorithm, "ES256");
        const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
        const publicJwk = { ...pair.publicKey.export({ format: "jwk" }) };
        const kid = await thumbprint(publicJwk);
        keeper.set(`keeper:${kid}`, pair.privateKey);
        return { kid, publicJwk, sealed: `keeper:${kid}` };
      },
      load: async (keys) =>
        new Map(
          keys.map(({ kid, sealed }) => [
            kid,
            async (input: Uint8Array) =>
              signBytes("sha256", input, {
                key: keeper.get(sealed) as KeyObject,
                dsaEncoding: "ieee-p1363",
              }),
          ]),
        ),
      async retire({ sealed }) {
        keeper.delete(sealed);
        return sealed;
      },
    };
    const ring = await bed.server({ signer: remote });
    await bed.accepted(await bed.issue(ring), setOf(await ring.publicSet()));
    await ring.rotate("ES256", { force: true });
    await bed.accepted(await bed.issue(ring), setOf(await ring.publicSet()));
    assert.equal(keeper.size, 2);
  });
});
