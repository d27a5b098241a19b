import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { platform } from "#crypto";
import { keySetOf } from "../keys/jwk-set.ts";
import { handleFor } from "../keys/key-material.ts";
import type { Key } from "../keys/key.ts";
import type { AlgorithmName } from "../signing/algorithms.ts";
import { generateKey } from "../signing/generate-key.ts";
import { verifyJws, type JwsOptions } from "./verify-jws.ts";

const one = await generateKey("ES256", { kid: "one" });
const two = await generateKey("Ed25519", { kid: "two" });
const options: JwsOptions = {
  keys: keySetOf(one, two),
  algorithms: ["ES256", "Ed25519"],
};
const b64 = (text: string): string => Buffer.from(text).toString("base64url");
const head = (header: object): string => b64(JSON.stringify(header));

/** Signs any header and payload: also those that no signer of ours would write. */
async function signed(
  key: Key,
  header: string,
  payload: string,
): Promise<string> {
  const alg = key.alg as AlgorithmName;
  return platform.encodeBase64url(
    await platform.sign(
      alg,
      await handleFor(key, alg, "sign"),
      Buffer.from(`${header}.${payload}`),
    ),
  );
}

const ES256 = head({ alg: "ES256", kid: "one" });
const payload = b64("any payload");
const signature = await signed(one, ES256, payload);
const flattened = { protected: ES256, payload, signature };

describe("verifyJws accepts", () => {
  const accepted = async (
    input: string | object,
    given: Partial<JwsOptions> = {},
    index = 0,
    text = "any payload",
  ): Promise<void> => {
    const result = await verifyJws(input, { ...options, ...given });
    assert.equal(result.outcome, "accepted", JSON.stringify(result));
    assert.equal(
      result.outcome === "accepted" && new TextDecoder().decode(result.payload),
      text,
    );
    assert.equal(result.outcome === "accepted" && result.signature, index);
  };

  it("the compact form", () => accepted(`${ES256}.${payload}.${signature}`));
  it("the flattened form, as object and as text", async () => {
    await accepted(flattened);
    await accepted(JSON.stringify(flattened));
  });
  it("the general form, by the second of its signatures", async () => {
    const eddsa = head({ alg: "Ed25519" });
    const stranger = {
      protected: ES256,
      signature: signature.replace(/^./, (letter) =>
        letter === "A" ? "B" : "A",
      ),
    };
    await accepted(
      {
        payload,
        signatures: [
          stranger,
          {
            protected: eddsa,
            header: { kid: "two" },
            signature: await signed(two, eddsa, payload),
          },
        ],
      },
      {},
      1,
    );
  });
  it("a detached payload, as text and as bytes", async () => {
    await accepted(`${ES256}..${signature}`, { payload: "any payload" });
    await accepted(
      { protected: ES256, signature },
      { payload: Buffer.from("any payload") },
    );
  });
  it("the bytes that were given, whatever becomes of them while the keys are fetched", async () => {
    const bytes = Buffer.from("any payload");
    const keys = {
      lookup: async () => options.keys.lookup({ alg: "ES256", kid: "one" }),
    };
    const result = accepted(`${ES256}..${signature}`, { payload: bytes, keys });
    bytes.fill(0);
    await result;
  });
  it("an unencoded payload (RFC 7797), detached and in place", async () => {
    const header = head({
      alg: "ES256",
      kid: "one",
      b64: false,
      crit: ["b64"],
    });
    await accepted(
      `${header}..${await signed(one, header, "a.b")}`,
      { payload: "a.b" },
      0,
      "a.b",
    );
    await accepted(
      `${header}.a+b.${await signed(one, header, "a+b")}`,
      {},
      0,
      "a+b",
    );
    await accepted(
      {
        protected: header,
        payload: "a.b",
        signature: await signed(one, header, "a.b"),
      },
      {},
      0,
      "a.b",
    );
  });
  it("an empty payload", async () =>
    accepted(`${ES256}..${await signed(one, ES256, "")}`, {}, 0, ""));
});

describe("verifyJws refuses", () => {
  const forged = async (header: object): Promise<string> =>
    `${head(header)}.${payload}.${await signed(one, head(header), payload)}`;
  const cases: readonly (readonly [
    string,
    string | object | Promise<string>,
    string,
    Partial<JwsOptions>?,
  ])[] = [
    ["nothing", "", "format.empty"],
    ["two parts", `${ES256}.${payload}`, "format.segments"],
    ["an array", [], "format.not_jwt"],
    [
      "JSON with a member twice",
      `{"payload":"","payload":"",${JSON.stringify(flattened).slice(1)}`,
      "format.not_jwt",
    ],
    [
      "one signature and a list of them",
      { ...flattened, signatures: [] },
      "format.not_jwt",
    ],
    ["an empty list", { payload, signatures: [] }, "format.not_jwt"],
    [
      "seventeen signatures",
      {
        payload,
        signatures: Array.from({ length: 17 }, () => ({
          protected: ES256,
          signature,
        })),
      },
      "format.too_large",
    ],
    [
      "a payload in both places",
      flattened,
      "format.payload",
      { payload: "any payload" },
    ],
    [
      "a payload in neither place",
      { protected: ES256, signature },
      "format.payload",
    ],
    [
      "another payload",
      `${ES256}.${b64("another payload")}.${signature}`,
      "signature.mismatch",
    ],
    ["no signature", `${ES256}.${payload}.`, "signature.missing"],
    ["padding", `${ES256}.${payload}.${signature}==`, "format.encoding"],
    [
      "a payload with stray bits",
      { ...flattened, payload: "AR" },
      "format.encoding",
    ],
    [
      "alg none",
      `${head({ alg: "none" })}.${payload}.`,
      "signature.algorithm_none",
    ],
    [
      "alg outside the protected header",
      {
        payload,
        header: { alg: "ES256" },
        protected: head({ kid: "one" }),
        signature,
      },
      "format.header",
    ],
    [
      "no protected header",
      { payload, header: { alg: "ES256" }, signature },
      "format.header",
    ],
    [
      "a name in both headers",
      { ...flattened, header: { kid: "one" } },
      "format.header",
    ],
    [
      "crit outside the protected header",
      { ...flattened, header: { crit: ["x"], x: 1 } },
      "format.critical",
    ],
    [
      "an algorithm that is not accepted",
      `${ES256}.${payload}.${signature}`,
      "signature.algorithm_not_allowed",
      { algorithms: ["Ed25519"] },
    ],
    [
      "the key of another algorithm",
      forged({ alg: "Ed25519", kid: "one" }),
      "signature.key_unsuitable",
    ],
    [
      "an unknown key",
      forged({ alg: "ES256", kid: "three" }),
      "signature.key_not_found",
    ],
    [
      "an extension that it does not know",
      forged({ alg: "ES256", kid: "one", crit: ["x"], x: 1 }),
      "format.critical",
    ],
    [
      "b64 without crit",
      forged({ alg: "ES256", kid: "one", b64: false }),
      "format.critical",
    ],
    [
      "b64 that is no boolean",
      forged({ alg: "ES256", kid: "one", b64: "false", crit: ["b64"] }),
      "format.header",
    ],
    [
      "a kid that is no string",
      forged({ alg: "ES256", kid: 1 }),
      "format.header",
    ],
  ];
  for (const [name, input, reason, given] of cases) {
    it(name, async () => {
      const result = await verifyJws(await input, { ...options, ...given });
      assert.deepEqual(
        [result.outcome, result.outcome === "accepted" ? null : result.reason],
        ["rejected", reason],
      );
    });
  }

  it("nothing for good while the keys cannot be had", async () => {
    const result = await verifyJws(flattened, {
      ...options,
      keys: { lookup: () => ({ unavailable: "down", source: null }) },
    });
    assert.equal(result.outcome, "undecided");
  });
});
