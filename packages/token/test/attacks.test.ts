/**
 * The attacks on tokens, keys and key sets, each built from scratch with real keys and refused for its right reason. A row is named by
 * its number and name in the table of attacks; `verify` and `examine` must agree on each.
 */
import { describe, it } from "node:test";
import { rows as algorithmAndKey } from "./attacks/algorithm-and-key.ts";
import { rows as claims } from "./attacks/claims.ts";
import { rows as encrypted } from "./attacks/encrypted.ts";
import { rows as form } from "./attacks/form.ts";
import { rows as signatureBytes } from "./attacks/signature-bytes.ts";

describe("attacks", () => {
  for (const { row, name, run } of [...algorithmAndKey, ...signatureBytes, ...form, ...encrypted, ...claims]) it(`${row}: ${name}`, run);
});
