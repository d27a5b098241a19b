import assert from "node:assert/strict";
import { it } from "node:test";
import { growsLinearly } from "../../../test/grows-linearly.ts";
import { tokenParts } from "../src/inspector/paste/token-parts.ts";

const parts = (text: string): readonly string[] =>
  tokenParts(text).map(
    ({ from, to, part }) => `${part} ${text.slice(from, to)}`,
  );

it("finds the parts of every token in a text, wherever they stand", () => {
  const text = 'curl api.example.com -H "Authorization: Bearer eyJh.eyJi.c2ln"';
  assert.deepEqual(parts(text), [
    "header eyJh",
    "dot .",
    "payload eyJi",
    "dot .",
    "signature c2ln",
  ]);
  assert.equal(parts("eyJh.eyJi.c eyJh..x").length, 9);
});

it("tints only the header of a JWE: the rest is not for reading", () => {
  assert.deepEqual(
    tokenParts("eyJh.a.b.c.d").map(({ part }) => part),
    [
      "header",
      "dot",
      "signature",
      "dot",
      "signature",
      "dot",
      "signature",
      "dot",
      "signature",
    ],
  );
});

it("finds nothing in a text without a token, however long it is", async () => {
  assert.deepEqual(parts("www.example.com eyes only ..."), []);
  for (const part of ["ey-", "ey."])
    await growsLinearly((times) => tokenParts(part.repeat(times)), 80_000);
});
