import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspectBase64url } from "./base64url.ts";

describe("inspectBase64url says where a text leaves base64url", () => {
  const cases: readonly (readonly [
    string,
    ReturnType<typeof inspectBase64url>,
  ])[] = [
    ["", null],
    ["AQID_-8", null],
    ["AQ", null],
    ["AB+C", { position: 2, problem: "character", character: "+" }],
    ["AB/C", { position: 2, problem: "character", character: "/" }],
    ["AAA=", { position: 3, problem: "padding", character: "=" }],
    ["AA==", { position: 2, problem: "padding", character: "=" }],
    ["A=AA", { position: 1, problem: "character", character: "=" }],
    ["AA%3D", { position: 2, problem: "character", character: "%" }],
    ["AA\nAA", { position: 2, problem: "character", character: "\n" }],
    ["A\u0141AA", { position: 1, problem: "character", character: "\u0141" }],
    [
      "A\u{1F600}",
      { position: 1, problem: "character", character: "\u{1F600}" },
    ],
    ["AAAAA", { position: 5, problem: "length", character: null }],
    ["AR", { position: 1, problem: "trailing_bits", character: "R" }],
    ["AAB", { position: 2, problem: "trailing_bits", character: "B" }],
  ];
  for (const [text, expected] of cases)
    it(JSON.stringify(text), () =>
      assert.deepEqual(inspectBase64url(text), expected),
    );
});
