/** The examples of the RFCs themselves and of the JOSE cookbook (RFC 7520), from where `ASSAY_VECTORS` says. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  ALGORITHMS,
  checkProof,
  keySet,
  keySetOf,
  readJwk,
  thumbprint,
  verify,
  verifyJws,
  type Jwk,
} from "@assay/token";
import { publishedVectors } from "./published-vectors.ts";

interface Example {
  readonly id: string;
  readonly kind: string;
  readonly result: string;
  readonly key?: Jwk;
  readonly keys?: readonly Jwk[];
  readonly kids?: readonly string[];
  readonly token?: string | object;
  readonly claims?: Record<string, unknown>;
  readonly payload_utf8?: string;
  readonly jwk?: Jwk;
  readonly jwks?: { keys: Jwk[] };
  readonly thumbprint?: string;
  readonly proof?: string;
  readonly method?: string;
  readonly url?: string;
  readonly access_token?: string | null;
  readonly jkt?: string;
  readonly clock?: number;
}

/** A whole header without protection: legal, and an attack (RFC 8725 section 3.1 binds the algorithm). */
const UNPROTECTED = "4_7.protecting_content_only.json";

const everything = [...ALGORITHMS.keys()];
const read = (...path: string[]): unknown =>
  JSON.parse(readFileSync(join(publishedVectors as string, ...path), "utf8"));

if (publishedVectors !== null) {
  for (const file of [
    "rfc7515",
    "rfc7517",
    "rfc7519",
    "rfc7638",
    "rfc7797",
    "rfc8037",
    "rfc9449",
  ]) {
    describe(file, () => {
      for (const example of (
        read("rfc-examples", `${file}.json`) as { cases: Example[] }
      ).cases) {
        if (
          !example.kind.startsWith("jwe") &&
          example.kind !== "jwt-decode-only"
        )
          it(`${example.id} (${example.kind}): ${example.result}`, () =>
            run(example));
      }
    });
  }
  describe("RFC 7520", () => {
    const folder = join(publishedVectors as string, "jose-cookbook-rfc7520");
    for (const name of readdirSync(join(folder, "jws")).filter(
      (file) => file !== UNPROTECTED,
    ))
      it(name, () =>
        runCookbook(read("jose-cookbook-rfc7520", "jws", name) as Cookbook),
      );
    it(`${UNPROTECTED} is refused: nothing protects alg`, async () => {
      const { input, output } = read(
        "jose-cookbook-rfc7520",
        "jws",
        UNPROTECTED,
      ) as Cookbook;
      const keys = keySetOf(readJwk(input.key as Jwk));
      for (const form of Object.values(output).filter(
        (text) => typeof text === "object" && "signature" in text,
      )) {
        assert.equal(
          (await verifyJws(form, { keys, algorithms: everything })).outcome,
          "rejected",
        );
      }
    });
    it("curve25519", () =>
      runCookbook(
        read("jose-cookbook-rfc7520", "curve25519", "jws.json") as Cookbook,
      ));
    it("keys", () => {
      for (const name of readdirSync(join(folder, "jwk")))
        assert.equal(
          readJwk(read("jose-cookbook-rfc7520", "jwk", name) as Jwk).problem,
          null,
          name,
        );
    });
  });
}

async function run(example: Example): Promise<void> {
  const { kind, result, key, keys, token, claims, jwk, jwks } = example;
  const set = keySetOf(
    ...(keys ?? (key ? [key] : [])).map((member, i) =>
      readJwk({ ...member, ...(example.kids && { kid: example.kids[i] }) }),
    ),
  );
  switch (kind) {
    case "jws-compact":
    case "jws-json-general":
    case "jws-json-flattened": {
      const verdict = await verifyJws(token as string, {
        keys: set,
        algorithms: everything,
      });
      assert.equal(
        verdict.outcome === "accepted",
        result === "valid",
        JSON.stringify(verdict),
      );
      if (!claims) return;
      const asJwt = await verify(token as string, {
        kind: "any",
        issuer: null,
        audience: null,
        keys: set,
        algorithms: everything,
        clock: () => 1_300_000_000_000,
      });
      assert.deepEqual(
        asJwt.outcome === "accepted" && { ...asJwt.token.claims },
        claims,
      );
      return;
    }
    case "jws-detached-b64false": {
      const payload = example.payload_utf8 as string;
      assert.equal(
        (
          await verifyJws(token as string, {
            keys: set,
            algorithms: everything,
            payload,
          })
        ).outcome,
        "accepted",
      );
      assert.equal(
        (
          await verify(token as string, {
            kind: "any",
            issuer: null,
            audience: null,
            keys: set,
            algorithms: everything,
          })
        ).outcome,
        "rejected",
      );
      return;
    }
    case "jwks-public":
      assert.deepEqual(
        keySet(jwks as { keys: Jwk[] }).keys.map(({ problem }) => problem),
        (jwks as { keys: Jwk[] }).keys.map(() => null),
      );
      return;
    case "jwks-private":
    case "jwks-symmetric":
    case "jwk":
    case "jwk-private":
    case "jwk-x5c":
      for (const member of jwks?.keys ?? [jwk as Jwk])
        assert.notEqual(readJwk(member).problem?.problem, "member");
      return;
    case "thumbprint":
      assert.equal(await thumbprint(jwk as Jwk), example.thumbprint);
      return;
    case "dpop-proof": {
      const {
        proof = "",
        method = "",
        url = "",
        access_token: accessToken,
        jkt,
        clock = 0,
      } = example;
      const checked = await checkProof(proof, {
        method,
        url,
        accessToken: accessToken ?? null,
        now: clock,
        maxAge: 60,
        tolerance: 5,
      });
      assert.deepEqual(checked.findings, []);
      if (jkt) assert.equal(checked.jkt, jkt);
      return;
    }
    default:
      assert.fail(`an example of a kind that nobody runs: ${kind}`);
  }
}

interface Cookbook {
  readonly input: {
    readonly payload: string;
    readonly key: Jwk | readonly Jwk[];
  };
  readonly output: Readonly<Record<string, string | object>>;
}

/** Every serialization of one cookbook example, with the public half of its key; detached ones get their payload. */
async function runCookbook({ input, output }: Cookbook): Promise<void> {
  const keys = keySetOf(...[input.key].flat().map((jwk) => readJwk(jwk)));
  let forms = 0;
  for (const [form, text] of Object.entries(output)) {
    if (!/^(compact|json|json_flat)$/.test(form)) continue;
    const detached =
      typeof text === "string" ? text.includes("..") : !("payload" in text);
    const verdict = await verifyJws(text, {
      keys,
      algorithms: everything,
      ...(detached && { payload: input.payload }),
    });
    assert.equal(
      verdict.outcome,
      "accepted",
      `${form}: ${JSON.stringify(verdict)}`,
    );
    assert.equal(
      Buffer.from((verdict as { payload: Uint8Array }).payload).toString(),
      input.payload,
    );
    forms++;
  }
  assert.ok(forms > 0);
}
