/** Opening a JWE as a diagnosis does: Wycheproof's file, RFC 7516's and RFC 7520's compact examples, from where `ASSAY_VECTORS` says. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { publishedVectors } from "../../token/test/published-vectors.ts";
import { decryptWith } from "../src/decrypt.ts";

type Jwk = Readonly<Record<string, unknown>>;

const folder = publishedVectors ?? "";
const read = (...path: string[]): unknown =>
  JSON.parse(readFileSync(join(folder, ...path), "utf8"));

const headerOf = (jwe: string): Record<string, unknown> =>
  JSON.parse(
    Buffer.from(jwe.split(".")[0] as string, "base64url").toString(),
  ) as Record<string, unknown>;

/** The plaintext, or null when it was not opened. */
async function open(jwe: string, keys: readonly Jwk[]): Promise<Buffer | null> {
  try {
    return Buffer.from(await decryptWith({ keys })(jwe, headerOf(jwe)));
  } catch {
    return null;
  }
}

/** RSA1_5 is refused before any key is touched (RFC 8725 section 3.2). */
const isLegacy = (jwe: string): boolean => {
  try {
    return headerOf(jwe)["alg"] === "RSA1_5";
  } catch {
    return false;
  }
};

interface WycheproofFile {
  readonly testGroups: readonly {
    readonly private: Jwk;
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly jwe: unknown;
      readonly pt?: string;
      readonly result: string;
    }[];
  }[];
}

interface CookbookFile {
  readonly input: {
    readonly plaintext: string;
    readonly key?: Jwk;
    readonly pwd?: string;
  };
  readonly output: { readonly compact?: string };
}

if (publishedVectors !== null) {
  describe("Wycheproof json_web_encryption_test.json", () => {
    const { testGroups } = read(
      "wycheproof",
      "testvectors_v1",
      "json_web_encryption_test.json",
    ) as WycheproofFile;
    for (const { private: key, tests } of testGroups) {
      for (const { tcId, comment, jwe, pt, result } of tests) {
        if (typeof jwe !== "string" || isLegacy(jwe)) continue;
        it(`${tcId} ${comment}: ${result}`, async () => {
          const plaintext = await open(jwe, [key]);
          if (result === "valid") assert.equal(plaintext?.toString("hex"), pt);
          else assert.equal(plaintext, null);
        });
      }
    }
  });

  describe("RFC 7516 and RFC 7520", () => {
    const { cases } = read("rfc-examples", "rfc7516.json") as {
      cases: {
        id: string;
        kind: string;
        key: Jwk;
        token: string;
        plaintext_b64u: string;
      }[];
    };
    for (const { id, kind, key, token, plaintext_b64u: text } of cases) {
      if (kind !== "jwe-compact" || isLegacy(token)) continue;
      it(`RFC 7516 ${id}`, async () =>
        assert.equal((await open(token, [key]))?.toString("base64url"), text));
    }
    for (const name of readdirSync(join(folder, "jose-cookbook-rfc7520/jwe"))) {
      const { input, output } = read(
        "jose-cookbook-rfc7520",
        "jwe",
        name,
      ) as CookbookFile;
      const { compact } = output;
      if (!compact || !input.key || isLegacy(compact)) continue;
      const { key } = input;
      it(`RFC 7520 ${name}`, async () =>
        assert.equal(
          (await open(compact, [key]))?.toString(),
          input.plaintext,
        ));
    }
  });
}
