/** The part of the address after #: a way to work, a page, an example, and rubbish. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readHandbook } from "../build/handbook-files.ts";
import {
  addressOfMode,
  addressOfPage,
  MODES,
  readAddress,
} from "../src/address.ts";

describe("the address", () => {
  it("names each way to work", () => {
    for (const mode of MODES) {
      assert.deepEqual(readAddress(addressOfMode(mode)), { mode });
      assert.deepEqual(readAddress(`#${mode}`), { mode });
    }
  });

  it("names the handbook, and each of its pages and examples", () => {
    assert.deepEqual(readAddress("#/handbook"), { page: "" });
    for (const { address } of readHandbook().handbook.pages) {
      assert.deepEqual(readAddress(addressOfPage(address)), { page: address });
      assert.deepEqual(readAddress(`#/example/${address}`), {
        example: address,
      });
    }
  });

  it("is the inspector where it names nothing", () => {
    for (const hash of [
      "",
      "#",
      "#/",
      "#/Tour",
      "#/tour/",
      "#//tour",
      "#/handbook/",
      "#/example/",
      "#/example/tour",
      "#/recipes/key.rotated",
      "#/causes",
      "#/causes/",
      "#/causes/key.rotated/x",
      "#/causes/key rotated",
      "#/causes/key.rotated\n",
      "#/causes/<b>",
      "#/example/example/causes/key.rotated",
      "#/__proto__",
      "#/constructor",
      "#eyJhbGciOiJub25lIn0.e30.",
    ])
      assert.deepEqual(readAddress(hash), { mode: "inspect" }, hash);
  });

  it("never names anything that is no name", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "#",
        "/",
        "example",
        "causes",
        "guides",
        ".",
        "..",
        "%2f",
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const address = readAddress(pieces.join(""));
        const named =
          "page" in address
            ? address.page
            : "example" in address
              ? address.example
              : `guides/${address.mode}`;
        assert.match(named, /^(?:(?:reasons|causes|guides)\/[\w.-]+)?$/);
      }),
    );
  });
});
