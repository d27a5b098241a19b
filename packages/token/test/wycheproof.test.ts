/** Project Wycheproof's vectors for what a JOSE verifier must refuse, run from where `ASSAY_VECTORS` says; nothing of them is committed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  ALGORITHMS,
  handleFor,
  importKey,
  importSecret,
  keySet,
  keySetOf,
  platform,
  readJwk,
  selectKey,
  verifyJws,
  type AlgorithmName,
  type Jwk,
} from "@assay/token";
import { publishedVectors } from "./published-vectors.ts";

interface Test {
  readonly tcId: number;
  readonly comment: string;
  readonly result: "valid" | "invalid" | "acceptable";
  readonly jws?: unknown;
  readonly msg?: string;
  readonly sig?: string;
  readonly key?: string;
  readonly tag?: string;
  readonly ctx?: string;
}

interface Group {
  readonly tests: readonly Test[];
  readonly public?: Jwk;
  readonly private?: Jwk;
  readonly publicKeyDer?: string;
  readonly keySize?: string;
  readonly tagSize?: string;
}

interface Mapping {
  readonly file: string;
  readonly alg: string | null;
  readonly kind: string;
  readonly override?: string;
}

/** Upstream's known faults (expectations.json of the folder says why), and our policy where upstream leaves a choice. */
const CORRECTED: Readonly<
  Record<string, Readonly<Record<number, "invalid" | "valid" | "skip">>>
> = {
  "json_web_signature_test.json": {
    346: "invalid",
    350: "invalid",
    347: "invalid",
    351: "invalid",
    353: "invalid",
    354: "invalid",
    360: "invalid",
    365: "invalid",
    367: "skip",
    368: "invalid",
    370: "skip",
    372: "invalid",
    373: "invalid",
    375: "invalid",
  },
  // Upstream's "ambiguous" sets are a matter of policy. In 1 two keys of different types stand side by side, and each id names one. In 4 an
  // id stands twice, but the second key has stray bits and cannot be meant.
  "json_web_key_test.json": {
    1: "skip",
    4: "skip",
    2: "valid",
    13: "valid",
    14: "valid",
    15: "valid",
  },
  // 17 is a JSON serialization, which verifyJws takes and verify refuses; 47 repeats 1 of the file above.
  "json_web_crypto_test.json": {
    1: "valid",
    17: "valid",
    47: "skip",
    46: "invalid",
    48: "valid",
  },
};

if (publishedVectors !== null) {
  const folder = join(publishedVectors, "wycheproof");
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder, name), "utf8"));
  for (const mapping of read("mapping.json") as Mapping[]) {
    const name = mapping.file.split("/").at(-1) as string;
    const groups = (): readonly Group[] =>
      (read(mapping.file) as { testGroups: Group[] }).testGroups;
    if (name === "json_web_encryption_test.json") continue;
    if (mapping.kind === "jose-compact")
      describe(name, () => runTokens(name, groups()));
    else if (mapping.kind.startsWith("raw-signature"))
      describe(name, () => runSignatures(mapping, groups()));
    else if (mapping.kind === "raw-mac")
      describe(name, () => runMacs(mapping.alg as AlgorithmName, groups()));
  }
}

function runTokens(name: string, groups: readonly Group[]): void {
  for (const { tests, ...group } of groups) {
    const jwk = (group.public ?? group.private) as Jwk;
    const keys = Array.isArray(jwk["keys"])
      ? keySet(jwk as { keys: Jwk[] })
      : keySetOf(readJwk(jwk));
    const algorithms = keys.keys
      .map(({ alg }) => alg)
      .filter((alg): alg is string => alg !== null);
    for (const { tcId, comment, result, jws } of tests) {
      if (jws === undefined) continue;
      const expected = CORRECTED[name]?.[tcId] ?? result;
      if (expected === "skip") continue;
      it(`${tcId} ${comment}: ${expected}`, async () => {
        const verdict = await verifyJws(jws as string, { keys, algorithms });
        assert.equal(
          verdict.outcome === "accepted",
          expected === "valid",
          JSON.stringify(verdict),
        );
      });
    }
  }
}

function runSignatures(mapping: Mapping, groups: readonly Group[]): void {
  const alg = (mapping.alg as string).split("/")[0] as AlgorithmName;
  const allRefused =
    mapping.override?.startsWith("all must be REJECTED") ?? false;
  const exception = Number(
    /except tcId (\d+)/.exec(mapping.override ?? "")?.[1],
  );
  for (const { publicKeyDer, tests } of groups) {
    const key = importKey(Buffer.from(publicKeyDer as string, "hex"), { alg });
    for (const { tcId, comment, result, msg, sig, ctx } of tests) {
      // JOSE knows no context string (RFC 9964).
      if (ctx) continue;
      const valid = tcId === exception || (result === "valid" && !allRefused);
      it(`${tcId} ${comment}: ${valid ? "valid" : "invalid"}`, async () => {
        if (key.problem) return assert.equal(valid, false, key.problem.detail);
        const handle = await handleFor(key, alg, "verify");
        assert.equal(
          await platform.verify(
            alg,
            handle,
            Buffer.from(msg as string, "hex"),
            Buffer.from(sig as string, "hex"),
          ),
          valid,
        );
      });
    }
  }
}

function runMacs(alg: AlgorithmName, groups: readonly Group[]): void {
  const bits = (ALGORITHMS.get(alg)?.secretBytes as number) * 8;
  for (const { tests, tagSize, keySize } of groups) {
    const whole = Number(tagSize) === bits;
    const strong = Number(keySize) >= bits;
    for (const { tcId, comment, result, key, msg, tag } of tests) {
      const valid = result === "valid" && whole && strong;
      it(`${tcId} ${comment}: ${valid ? "valid" : "invalid"}`, async () => {
        const secret = importSecret(Buffer.from(key as string, "hex"));
        const selection = selectKey(keySetOf(secret), { alg, kid: null });
        assert.equal("key" in selection, strong && secret.problem === null);
        const verified =
          "key" in selection &&
          (await platform.verify(
            alg,
            await handleFor(secret, alg, "verify"),
            Buffer.from(msg as string, "hex"),
            Buffer.from(tag as string, "hex"),
          ));
        assert.equal(verified, valid);
      });
    }
  }
}
