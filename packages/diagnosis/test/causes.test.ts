/** What a detector has seen stands in the facts of a cause; the vectors say which cause it is, these tests with which facts. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, readInquiry } from "@assay/diagnosis";
import { vectorFiles, vectorsOf } from "./vectors.ts";

/** The causes of a vector, with their facts. */
async function causesOf(id: string) {
  const vector = vectorFiles
    .flatMap(vectorsOf)
    .find((candidate) => candidate.id === id);
  assert.ok(vector, id);
  return (await diagnose(readInquiry(vector.inquiry))).causes;
}

describe("the facts follow the inquiry", () => {
  it("a word of a proxy is no certificate whose thumbprint could differ", async () =>
    assert.deepEqual(
      (await causesOf("binding-019")).map(({ cause }) => cause),
      ["binding.scheme_downgraded", "binding.certificate_not_forwarded"],
    ));
  it("without a bond there is no other key", async () =>
    assert.deepEqual(
      (await causesOf("binding-032")).map(({ cause }) => cause),
      ["claim.absent"],
    ));
  it("active: false does not say that anybody revoked it", async () =>
    assert.deepEqual(
      (await causesOf("revocation-021")).map(({ confidence }) => confidence),
      ["possible", "possible"],
    ));
  it("without roles none are told of", async () =>
    assert.deepEqual((await causesOf("scope-035"))[0]?.facts, {
      by: "the grant was client credentials",
      roles: [],
      scopes: [],
    }));
  it("the id of a client stands with the verifier", async () =>
    assert.partialDeepStrictEqual((await causesOf("audience-007"))[0]?.facts, {
      clientIdIn: "verifier",
    }));
  it("an emulator is known by what it names as issuer", async () =>
    assert.partialDeepStrictEqual((await causesOf("field-380"))[0]?.facts, {
      emulator: "firebase",
    }));
  it("of several usual lifetimes the one that fits is meant", async () => {
    for (const [id, meantSeconds, unit] of [
      ["field-268", 3600, "milliseconds"],
      ["time-unit-3", 900, "minutes"],
    ] as const)
      assert.partialDeepStrictEqual((await causesOf(id))[0]?.facts, {
        meantSeconds,
        unit,
      });
  });
  it("minutes since 1970 are no length of time", async () =>
    assert.deepEqual((await causesOf("field-546"))[0]?.facts, {
      how: "since_1970",
      lifetimeSeconds: 3600,
      meantSeconds: 29_788_605 * 60,
      unit: "minutes since 1970",
    }));
  it("the largest claim is named over the limit too", async () => {
    const [first] = await causesOf("token-oversized-1");
    assert.equal(first?.cause, "token.oversized");
    assert.notEqual(first.facts.largest, null);
  });
  it("what a client assertion is by right is no cause beside it", async () =>
    assert.deepEqual(
      (await causesOf("field-077")).map(({ cause }) => cause),
      ["kind.proof"],
    ));
  it("where nothing declares the kind, the other causes stand beside it", async () => {
    const causes = (await causesOf("field-330")).map(({ cause }) => cause);
    assert.ok(causes.includes("kind.proof") && causes.includes("issuer.other"));
  });
  it("a key that istiod made up names the address that failed", async () =>
    assert.deepEqual((await causesOf("key-set-made-up"))[0]?.facts, {
      url: "https://id.meadow.example/realms/hay/protocol/openid-connect/certs",
      error: "istiod, which fetches the keys, failed and made up a key",
    }));
  it("a year in exp is a length of time, though minutes since 1970 would fit", async () => {
    for (const [id, how] of [
      ["time-unit-minutes", "since_1970"],
      ["time-unit-days", "since_1970"],
      ["time-unit-minutes-near", "length_as_end"],
    ] as const) {
      const found = (await causesOf(id)).find(
        ({ cause }) => cause === "time.lifetime_unit",
      );
      assert.partialDeepStrictEqual(found?.facts, { how });
    }
  });
  it("cut to whole seconds, an hour is meant before a rarer length", async () =>
    assert.partialDeepStrictEqual(
      (await causesOf("time-unit-hour-cut"))[0]?.facts,
      { meantSeconds: 3600, unit: "milliseconds" },
    ));
  it("two characters of one line end are one", async () =>
    assert.partialDeepStrictEqual((await causesOf("field-027"))[0]?.facts, {
      character: "a line end (CRLF)",
    }));
  it("a typ that every object has as a name is a typ like others", async () => {
    const part = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString("base64url");
    const { causes } = await diagnose(
      readInquiry({
        token: `${part({ alg: "ES256", typ: "constructor" })}.${part({ exp: 4e9 })}.${"A".repeat(86)}`,
        policy: { kind: "any" },
        response: { status: 401, headers: {}, body: 'unexpected "typ"' },
      }),
    );
    assert.ok(causes.every(({ evidence }) => evidence.length > 0));
  });
  it("only the policy demands the bond", async () =>
    assert.deepEqual((await causesOf("binding-005"))[0]?.facts, {
      found: "Bearer",
      proofSent: false,
      binding: "dpop",
      bound: false,
    }));
});
