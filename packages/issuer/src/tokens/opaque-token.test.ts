import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  digestOf,
  makeAccessToken,
  makeOpaqueToken,
  newTokenId,
  OPAQUE_PATTERN,
  readOpaqueToken,
} from "./opaque-token.ts";

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const KINDS = ["refresh", "code", "secret"] as const;

describe("our tokens' texts", () => {
  it("are read as what they were made as, with nothing but the id told", () => {
    fc.assert(
      fc.property(bytes(32), bytes(10), (secret, id) => {
        for (const kind of KINDS) {
          const made = makeOpaqueToken(kind, () => secret);
          assert.deepEqual(readOpaqueToken(made.text), {
            form: "ours",
            kind,
            tokenId: null,
          });
          assert.equal(made.digest, digestOf(made.text));
          assert.equal(made.text.length, 7 + 43 + 6);
        }
        const tokenId = newTokenId(() => id, 1_795_709_795_961);
        const { text } = makeAccessToken(() => secret, tokenId);
        assert.deepEqual(readOpaqueToken(text), {
          form: "ours",
          kind: "access",
          tokenId,
        });
        assert.equal(text.split(".")[0], `asy_at_${tokenId}`);
      }),
    );
  });

  it("keep every bit of the randomness", () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), (a, b) => {
        const same = Buffer.from(a).equals(b);
        const [one, two] = [a, b].map(
          (each) => makeOpaqueToken("refresh", () => each).text,
        );
        assert.equal(one === two, same);
      }),
    );
    const zero = makeOpaqueToken("code", (n) => new Uint8Array(n)).text;
    const most = makeOpaqueToken("code", (n) => new Uint8Array(n).fill(255));
    assert.match(zero, /^asy_ac_0{43}/);
    assert.equal(most.text.length, zero.length);
  });

  it("are told from damaged ones: each single wrong, missing or added character is seen", () => {
    const { text } = makeAccessToken(
      randomBytes,
      newTokenId(randomBytes, Date.now()),
    );
    for (let i = 7; i < text.length; i++) {
      const other = text[i] === "a" ? "b" : "a";
      for (const damaged of [
        text.slice(0, i) + other + text.slice(i + 1),
        text.slice(0, i) + text.slice(i + 1),
        `${text.slice(0, i)}${other}${text.slice(i)}`,
      ])
        assert.deepEqual(
          readOpaqueToken(damaged),
          { form: "damaged", kind: "access" },
          damaged,
        );
    }
  });

  it("are told from damaged ones when another of ours, a blank or a line end hangs on them", () => {
    const { text } = makeOpaqueToken("refresh", randomBytes);
    for (const damaged of [
      text + text,
      `${text} `,
      `${text}\n`,
      text.slice(0, -1),
      text.replace("asy_rt_", "asy_ac_"),
      "asy_rt_",
    ])
      assert.equal(readOpaqueToken(damaged).form, "damaged", damaged);
    assert.equal(readOpaqueToken(` ${text}`).form, "foreign");
    assert.equal(readOpaqueToken("eyJhbGciOiJIUzI1NiJ9.e30.x").form, "foreign");
    assert.equal(readOpaqueToken("").form, "foreign");
  });

  it("are found in a longer text by the pattern of secret scanners", () => {
    for (const kind of KINDS) {
      const { text } = makeOpaqueToken(kind, randomBytes);
      assert.equal(OPAQUE_PATTERN.exec(`TOKEN="${text}"`)?.[0], text);
    }
    const { text } = makeAccessToken(
      randomBytes,
      newTokenId(randomBytes, Date.now()),
    );
    assert.equal(OPAQUE_PATTERN.exec(`authorization: ${text},`)?.[0], text);
  });

  it("have a known form, so that whoever scans for them is not surprised", () => {
    const { text, digest } = makeOpaqueToken("refresh", (n) =>
      Uint8Array.from({ length: n }, (_, i) => i),
    );
    assert.equal(
      text,
      "asy_rt_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1CPYSo",
    );
    assert.equal(digest, "1tfNCKgod12qyXDtcHGFUtYP8g6YI_nx3eAK5iouB1M");
  });
});
