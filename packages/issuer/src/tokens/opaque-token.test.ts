import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  digestOf,
  makeAccessToken,
  makeOpaqueToken,
  makeRefreshToken,
  newTokenId,
  OPAQUE_PATTERN,
  readOpaqueToken,
  refreshTokenName,
} from "./opaque-token.ts";

const KINDS = ["code", "secret"] as const;

const aRefreshToken = (generation = 12) =>
  makeRefreshToken(
    randomBytes,
    newTokenId(randomBytes, 1_795_709_795_961),
    generation,
  );

/** As releases before schema version 5 made it. */
const UNNAMED = "asy_rt_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg3U4BQn";

describe("our tokens' texts", () => {
  it("are read as what they were made as, with nothing but the id told", () => {
    for (let round = 0; round < 100; round++) {
      for (const kind of KINDS) {
        const made = makeOpaqueToken(kind, randomBytes);
        assert.deepEqual(readOpaqueToken(made.text), {
          form: "ours",
          kind,
          tokenId: null,
        });
        assert.equal(made.digest, digestOf(made.text));
        assert.equal(made.text.length, 7 + 43 + 6);
      }
      const tokenId = newTokenId(randomBytes, 1_795_709_795_961);
      const { text } = makeAccessToken(randomBytes, tokenId);
      assert.deepEqual(readOpaqueToken(text), {
        form: "ours",
        kind: "access",
        tokenId,
      });
      assert.equal(text.split(".")[0], `asy_at_${tokenId}`);
      const refresh = aRefreshToken();
      assert.deepEqual(readOpaqueToken(refresh.text), {
        form: "ours",
        kind: "refresh",
        tokenId: null,
      });
    }
  });

  it("of refresh tokens name their family and their number in it", () => {
    for (const generation of [1, 9, 10, 1_000_000]) {
      const { text, ...name } = aRefreshToken(generation);
      assert.deepEqual(refreshTokenName(text), name);
      assert.equal(name.generation, generation);
      assert.equal(name.digest, digestOf(text));
      assert.equal(text.split(".")[0], `asy_rt_${name.familyId}-${generation}`);
    }
    for (const generation of [0, -1, 1.5])
      assert.equal(
        readOpaqueToken(aRefreshToken(generation).text).form,
        "damaged",
      );
  });

  it("of earlier releases' refresh tokens are read, and found by their digest", () => {
    assert.deepEqual(readOpaqueToken(UNNAMED), {
      form: "ours",
      kind: "refresh",
      tokenId: null,
    });
    assert.deepEqual(refreshTokenName(UNNAMED), {
      digest: "9b4GQKNTKLf_LmhlV8V9olLXlop_sj_aslUvRNGP-gE",
    });
    assert.equal(OPAQUE_PATTERN.exec(`TOKEN="${UNNAMED}"`)?.[0], UNNAMED);
  });

  it("are made of digits that are all equally likely", () => {
    const seen = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      // What a source gives at first is used as far as it is fair; the rest comes from later bytes, which are zeros here.
      let first = true;
      const { text } = makeOpaqueToken("code", (length) => {
        const given = new Uint8Array(length).fill(first ? byte : 0);
        first = false;
        return given;
      });
      const [digit = ""] = text.slice("asy_ac_".length);
      assert.equal(text.slice(0, -6), `asy_ac_${digit.repeat(43)}`);
      if (byte < 248) seen.set(digit, (seen.get(digit) ?? 0) + 1);
      else assert.equal(digit, "0");
    }
    assert.deepEqual(
      [...seen.values()],
      Array.from({ length: 62 }, () => 4),
    );
  });

  it("keep every digit that the randomness gives", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(61), { minLength: 43, maxLength: 43 }),
        (digits) => {
          const { text } = makeOpaqueToken("code", (length) =>
            Uint8Array.from({ length }, (_, i) => digits[i] ?? 255),
          );
          const alphabet =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
          assert.equal(
            text.slice(7, -6),
            digits.map((digit) => alphabet[digit]).join(""),
          );
        },
      ),
    );
  });

  it("are told from damaged ones: each single wrong, missing or added character is seen", () => {
    const access = makeAccessToken(
      randomBytes,
      newTokenId(randomBytes, Date.now()),
    );
    for (const [kind, { text }] of [
      ["access", access],
      ["refresh", aRefreshToken()],
    ] as const)
      for (let i = 7; i < text.length; i++) {
        const other = text[i] === "a" ? "b" : "a";
        for (const damaged of [
          text.slice(0, i) + other + text.slice(i + 1),
          text.slice(0, i) + text.slice(i + 1),
          `${text.slice(0, i)}${other}${text.slice(i)}`,
        ])
          assert.deepEqual(
            readOpaqueToken(damaged),
            { form: "damaged", kind },
            damaged,
          );
      }
  });

  it("are told from damaged ones when another of ours, a blank or a line end hangs on them", () => {
    const { text } = aRefreshToken();
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
    const refresh = aRefreshToken().text;
    assert.equal(OPAQUE_PATTERN.exec(`TOKEN="${refresh}"`)?.[0], refresh);
  });

  it("have a known form, so that whoever scans for them is not surprised", () => {
    const counting = (n: number): Uint8Array =>
      Uint8Array.from({ length: n }, (_, i) => i);
    const { text, digest } = makeOpaqueToken("code", counting);
    assert.equal(
      text,
      "asy_ac_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg1Mcf7w",
    );
    assert.equal(digest, "om07iCpVY-SnGA4slUfngFfRpY_TJdrvY1VCVytp2Ps");
    assert.equal(
      makeRefreshToken(counting, "family", 3).text,
      "asy_rt_family-3.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg0fzJ7y",
    );
  });
});
