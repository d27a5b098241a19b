/** Attack row 46 and the rules of RFC 7523 for client assertions by private_key_jwt. What is wrong with one: assertion-attacks.test.ts. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { OAuthError } from "../errors.ts";
import { digestOf } from "../tokens/opaque-token.ts";
import {
  ASSERTION_TYPE,
  NOW,
  openAssertionBed,
  type AssertionBed,
} from "../../test/assertion-bed.ts";
import { ISSUER, TOKEN_ENDPOINT } from "../../test/client-bed.ts";
import { TERSE } from "../../test/client-refusal.ts";

const INTROSPECTION = `${ISSUER}/introspect`;

let bed: AssertionBed;
before(async () => {
  bed = await openAssertionBed();
});
after(() => bed.close());

describe("a client assertion", () => {
  it("authenticates by a key of the client, whatever name of ours it has in aud", async () => {
    for (const aud of [ISSUER, TOKEN_ENDPOINT, INTROSPECTION, [ISSUER, "x"]]) {
      const assertion = await bed.make({ claims: { aud } });
      const { client, method, authenticated } = await bed.present(assertion, {
        endpoint: INTROSPECTION,
      });
      assert.deepEqual(
        [client.clientId, method, authenticated],
        ["app", "private_key_jwt", true],
      );
    }
    assert.ok(await bed.present(await bed.make({ key: "rs256" })));
    assert.ok(
      await bed.present(await bed.make(), { form: { client_id: "app" } }),
    );
  });

  it("may go without iat, may end in ten minutes, and may begin in a minute", async () => {
    for (const claims of [
      { iat: undefined },
      { exp: NOW + 3600 },
      { nbf: NOW + 60, iat: NOW + 60 },
      { exp: NOW + 1 },
      { iat: NOW - 1_000_000 },
    ])
      assert.ok(await bed.present(await bed.make({ claims })));
  });

  it("of the FAPI profile is accepted with the issuer as the only audience", async () => {
    const { method } = await bed.present(await bed.make({ client: "bank" }));
    assert.equal(method, "private_key_jwt");
  });

  it("is refused without a signature, in any spelling", async () => {
    const [, payload] = (await bed.make()).split(".");
    for (const alg of ["none", "None", "nOnE", "NONE"]) {
      const header = Buffer.from(JSON.stringify({ alg })).toString("base64url");
      for (const tail of ["", "AAAA"]) {
        const error = await bed.refusalOf(`${header}.${payload}.${tail}`);
        assert.equal(error.detail.reason, "signature.algorithm_none");
        assert.equal(error.message, TERSE);
      }
    }
  });

  it("is good once, by its jti and not by its text", async () => {
    const claims = { jti: "same" };
    await bed.present(await bed.make({ claims }));
    // Another text of the same assertion: ECDSA has more than one signature.
    for (const again of [
      await bed.make({ claims }),
      await bed.make({ claims }),
    ]) {
      const error = await bed.refusalOf(again);
      assert.equal(error.detail.reason, "binding.replayed");
      assert.equal(error.detail.cause, "oauth.assertion_replayed");
      assert.equal(error.message, "The client assertion is no longer valid.");
    }
    assert.ok(await bed.present(await bed.make({ client: "bank", claims })));
  });

  it("is good once also when it comes many times at one moment", async () => {
    const assertion = await bed.make();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, async () => bed.present(assertion)),
    );
    assert.equal(
      results.filter(({ status }) => status === "fulfilled").length,
      1,
    );
  });

  it("whose signature is bad uses no jti up", async () => {
    const claims = { jti: "kept" };
    await bed.refusalOf(await bed.make({ claims, key: "stranger" }));
    await bed.refusalOf(await bed.make({ claims: { ...claims, aud: "x" } }));
    assert.ok(await bed.present(await bed.make({ claims })));
  });

  it("may have a jti of any length and sign: a digest of it is remembered", async () => {
    for (const jti of ["a\u0000b", "x".repeat(20_000), "ä\u{1F511}", " "]) {
      assert.ok(await bed.present(await bed.make({ claims: { jti } })));
      const again = await bed.store.rememberOnce(
        "client_assertion",
        "app",
        digestOf(jti),
        bed.now + 1000,
      );
      assert.equal(again, false);
    }
  });

  it("of an unknown client is told from a bad one by nothing", async () => {
    const unknown = await bed.refusalOf(await bed.make({ client: "nobody" }));
    const bad = await bed.refusalOf(await bed.make({ key: "stranger" }));
    assert.equal(unknown.detail.cause, "oauth.client_unknown");
    assert.deepEqual(
      [unknown.message, unknown.status, unknown.headers],
      [bad.message, bad.status, bad.headers],
    );
  });

  it("must be of the client that the form names", async () => {
    const error = await bed.refusalOf(await bed.make(), {
      form: { client_id: "other" },
    });
    assert.equal(error.detail.reason, "signature.key_not_found");
    const shared = await bed.refusalOf(await bed.make(), {
      form: { client_id: "bank" },
    });
    assert.equal(shared.detail.reason, "issuer.mismatch");
  });

  it("is refused for a client that is registered for another way", async () => {
    await bed.put({ clientId: "basic" });
    const error = await bed.refusalOf(await bed.make({ client: "basic" }));
    assert.equal(error.message, TERSE);
    assert.equal(error.detail.cause, "oauth.client_authentication_method");
  });

  it("of a disabled client is refused as no longer valid, once it is shown to be the client's", async () => {
    const right = await bed.refusalOf(await bed.make({ client: "gone" }));
    assert.equal(right.message, "The client is no longer valid.");
    const wrong = await bed.refusalOf(
      await bed.make({ client: "gone", key: "stranger" }),
    );
    assert.equal(wrong.message, TERSE);
  });

  it("that cannot be read is refused by what is wrong with its form", async () => {
    for (const [assertion, reason] of [
      ["opaque", "format.not_jwt"],
      ["a.b", "format.segments"],
      ["e30.e30.e30", "format.header"],
      ["eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "issuer.missing"],
    ] as const)
      assert.equal((await bed.refusalOf(assertion)).detail.reason, reason);
  });

  it("needs its type, and the type needs it", async () => {
    for (const [form, code] of [
      [
        { client_assertion_type: ASSERTION_TYPE, client_assertion: "" },
        "invalid_request",
      ],
      [{ client_assertion_type: "" }, "invalid_request"],
      [{ client_assertion_type: "saml2" }, "invalid_client"],
    ] as const)
      await assert.rejects(
        bed.present("e30.e30.e30", { form }),
        (error: OAuthError) => error.code === code,
      );
  });
});
