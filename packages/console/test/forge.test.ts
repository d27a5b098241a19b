/** What the editor and the tour make, and what becomes of it: signed by every algorithm that is offered, and broken in every way. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  diagnose,
  readInquiry,
  readPasted,
  type Diagnosis,
  type InquiryPolicy,
} from "@assay/diagnosis";
import { decodeUnverified } from "@assay/token";
import {
  forge,
  headerFor,
  knownKeys,
  makeKeys,
  OFFERED,
} from "../src/inspector/edit/forge.ts";
import { ownToken } from "../src/inspector/edit/start-token.ts";
import {
  CHAPTERS,
  openStage,
  sceneOf,
} from "../src/inspector/tour/breakages.ts";

const NOW = 1_790_000_000;

const told = async (
  text: string,
  policy: InquiryPolicy,
  now = NOW * 1000,
): Promise<Diagnosis> =>
  diagnose(
    readInquiry({
      ...readPasted(text).inquiry,
      policy,
      now: new Date(now).toISOString(),
    }),
  );

const verdict = ({ reason, causes }: Diagnosis): string =>
  `${reason} ${causes[0]?.cause ?? null}`;

for (const alg of OFFERED) {
  describe(`a token made with ${alg}`, () => {
    const making = makeKeys(alg);

    it("is accepted with the page's key, and in no other way", async () => {
      const keys = await making;
      const start = ownToken(NOW);
      const draft = {
        header: headerFor(start.header, keys),
        claims: start.claims,
      };
      const policy = {
        ...knownKeys(keys),
        issuer: "https://issuer.example.com",
        audience: "https://api.example.com",
        scopes: ["orders:read"],
      };
      const fresh = await forge(draft, "fresh", keys, "");
      assert.deepEqual(
        (await told(fresh, policy)).steps
          .filter(({ outcome }) => outcome === "failed")
          .map(({ step }) => step),
        [],
      );
      assert.equal((await told(fresh, policy)).outcome, "accepted");

      const other = await forge(draft, "other", keys, "");
      assert.equal((await told(other, policy)).reason, "signature.mismatch");

      const none = await forge(draft, "none", keys, "");
      assert.ok(none.endsWith("."));
      assert.equal(
        (await told(none, policy)).reason,
        "signature.algorithm_none",
      );

      const [, , signature = ""] = fresh.split(".");
      const same = await forge(draft, "kept", keys, signature);
      assert.equal((await told(same, policy)).outcome, "accepted");
      const changed = await forge(
        { ...draft, claims: { ...draft.claims, sub: "bob" } },
        "kept",
        keys,
        signature,
      );
      assert.equal((await told(changed, policy)).reason, "signature.mismatch");
    });

    it("has a header of its key, and the other members as they were", async () => {
      const keys = await making;
      const header = { typ: "JWT", kid: "old", alg: "none", crit: ["x"] };
      assert.deepEqual(headerFor(header, keys), {
        typ: "JWT",
        crit: ["x"],
        alg,
        ...(keys.key.kid !== null && { kid: keys.key.kid }),
      });
      assert.equal(header.kid, "old");
    });

    it("lets its API know no private key but the secret that both share", async () => {
      const policy = knownKeys(await making);
      const [key] = policy.keys?.keys ?? [];
      if (alg.startsWith("HS")) {
        assert.equal(policy.keys, undefined);
        assert.match(String(policy.secret), /^[\w-]{43,}$/);
        assert.deepEqual(policy.algorithms, [alg]);
      } else {
        assert.equal(policy.secret, undefined);
        for (const name of ["d", "p", "q", "dp", "dq", "qi", "k"])
          assert.ok(key && !(name in key), name);
      }
    });
  });
}

describe("the tour", () => {
  const staged = makeKeys("ES256").then((keys) => openStage(keys, NOW));
  const EXPECTED: Readonly<Record<(typeof CHAPTERS)[number], string>> = {
    good: "null null",
    truncated: "signature.mismatch token.truncated",
    altered: "signature.mismatch token.altered",
    expired: "expiration.expired time.expired",
    audience: "audience.mismatch audience.other",
    key: "signature.key_not_found key.rotated",
    quoted: "format.encoding token.quoted",
    none: "signature.algorithm_none token.forged",
  };

  for (const chapter of CHAPTERS)
    it(`${chapter}: ${EXPECTED[chapter]}`, async () => {
      const stage = await staged;
      const { token, text, policy, now } = await sceneOf(chapter, stage);
      const diagnosis = await told(text, policy, now);
      assert.equal(verdict(diagnosis), EXPECTED[chapter]);
      const { header, claims } = decodeUnverified(token.replaceAll('"', ""));
      assert.ok(header);
      assert.ok(claims || chapter === "truncated");
    });

  it("begins with a token as an issuer would make it", () => {
    const { claims, signature } = ownToken(NOW);
    const { iat, exp } = claims as { iat: number; exp: number };
    assert.ok(iat < NOW && exp > NOW);
    assert.equal(signature, "");
    const machine = Math.floor(Date.now() / 1000);
    const own = ownToken().claims as { iat: number };
    assert.ok(Math.abs(own.iat + 60 - machine) < 5);
  });
});
