/**
 * The attacks on tokens, keys and key sets, each built from scratch with real keys and refused for its right reason. A row is named by
 * its number and name in the table of attacks; `verify` and `examine` must agree on each. What a diagnosis prints (row 51) is
 * tested where it is printed, and rows 52 to 56 concern an authorization server and AWS.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rows as algorithm } from "./attacks/algorithm.ts";
import { rows as claims } from "./attacks/claims.ts";
import { rows as encrypted } from "./attacks/encrypted.ts";
import { rows as foreignKey } from "./attacks/foreign-key.ts";
import { rows as form } from "./attacks/form.ts";
import { rows as jsons } from "./attacks/json.ts";
import { rows as keySets } from "./attacks/key-set.ts";
import { rows as proof } from "./attacks/proof.ts";
import { rows as signatureBytes } from "./attacks/signature-bytes.ts";

const rows = [
  ...algorithm,
  ...foreignKey,
  ...signatureBytes,
  ...form,
  ...jsons,
  ...encrypted,
  ...claims,
  ...proof,
  ...keySets,
];

describe("attacks", () => {
  it("the table is whole", () =>
    assert.deepEqual(
      rows.map(({ row }) => row),
      Array.from({ length: 50 }, (_, i) => i + 1),
    ));
  for (const { row, name, run } of rows) it(`${row}: ${name}`, run);
});
