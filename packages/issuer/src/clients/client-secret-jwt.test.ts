/** client_secret_jwt: an assertion whose HMAC is computed with one of two secrets. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { importSecret, type Key, type Reason } from "@assay/token";
import {
  openAssertionBed,
  type AssertionBed,
  type Wish,
} from "../../test/assertion-bed.ts";
import { START } from "../../test/client-bed.ts";
import { TERSE } from "../../test/client-refusal.ts";

let bed: AssertionBed;
before(async () => {
  bed = await openAssertionBed();
});
after(() => bed.close());

describe("an assertion by a client's secret", () => {
  const alg = { alg: "HS256" };
  let secret: string;
  before(async () => {
    const authentication = "client_secret_jwt";
    const client = await bed.put({ clientId: "hmac", authentication });
    secret = await bed.addSecret(client);
    await bed.put({ clientId: "bank-hmac", authentication, fapi: true });
  });
  const hmacKey = (): Key => importSecret(secret);
  it("authenticates with HS256 and HS384, and notes which secret it was", async () => {
    for (const name of ["HS256", "HS384"])
      assert.equal(
        (
          await bed.present(
            await bed.make({ client: "hmac", key: hmacKey(), alg: name }),
          )
        ).method,
        "client_secret_jwt",
      );
    await bed.secretUse.settled();
    const found = await bed.store.findClient("hmac");
    assert.equal(found?.secrets[0]?.lastUsedAt, START);
  });

  it("is refused with another secret, with the client's key, and under FAPI", async () => {
    const wrong = importSecret("x".repeat(64));
    const refused = async (wish: Wish, reason: Reason): Promise<void> => {
      const error = await bed.refusalOf(
        await bed.make({ client: "hmac", ...wish }),
      );
      assert.equal(error.detail.reason, reason);
      assert.equal(error.message, TERSE);
    };
    await refused({ key: wrong, ...alg }, "signature.mismatch");
    await refused({ key: bed.es256 }, "signature.algorithm_not_allowed");
    await refused(
      { key: wrong, alg: "HS512" },
      "signature.algorithm_not_allowed",
    );
    await refused(
      { client: "bank-hmac", key: hmacKey(), ...alg },
      "signature.algorithm_not_allowed",
    );
  });

  it("may be made with either of two live secrets, and tells of one that has ended", async () => {
    const client = await bed.put({
      clientId: "two",
      authentication: "client_secret_jwt",
    });
    const old = importSecret(await bed.addSecret(client, START + 10_000));
    const fresh = importSecret(await bed.addSecret(client));
    const wish = { client: "two", ...alg };
    for (const key of [old, fresh])
      assert.ok(await bed.present(await bed.make({ ...wish, key })));
    const aud = { aud: "https://other.example" };
    for (const key of [old, fresh])
      assert.equal(
        (await bed.refusalOf(await bed.make({ ...wish, key, claims: aud })))
          .detail.reason,
        "audience.mismatch",
      );
    bed.now = START + 10_000;
    const ended = await bed.refusalOf(await bed.make({ ...wish, key: old }));
    assert.equal(ended.message, "The client secret is no longer valid.");
    assert.equal(ended.detail.cause, "oauth.client_secret_wrong");
    assert.ok(await bed.present(await bed.make({ ...wish, key: fresh })));
    bed.now = START;
  });

  it("may be made with a live secret that is older than many that have ended", async () => {
    const client = await bed.put({
      clientId: "many",
      authentication: "client_secret_jwt",
    });
    const kept = importSecret(await bed.addSecret(client));
    for (let i = 1; i <= 5; i++) {
      await bed.addSecret(client, bed.now + 1);
      bed.now += 1;
    }
    const assertion = await bed.make({ client: "many", key: kept, ...alg });
    assert.ok(await bed.present(assertion));
    bed.now = START;
  });

  it("cannot be checked where the secret was not kept for it: no key is found", async () => {
    const plain = await bed.put({ clientId: "changed" });
    const text = await bed.addSecret(plain);
    await bed.put({ ...plain, authentication: "client_secret_jwt" });
    const error = await bed.refusalOf(
      await bed.make({ client: "changed", key: importSecret(text), ...alg }),
    );
    assert.equal(error.detail.reason, "signature.key_not_found");
  });

  it("leaves the secret readable to nobody without the master key", async () => {
    const found = await bed.store.findClient("hmac");
    const [row] = found?.secrets ?? [];
    assert.ok(row?.sealed?.startsWith("v1."));
    assert.ok(!JSON.stringify(row).includes(secret.slice(7)));
    const basic = await bed.put({ clientId: "plain" });
    await bed.addSecret(basic);
    const plain = await bed.store.findClient("plain");
    assert.equal(plain?.secrets[0]?.sealed, null);
  });
});
