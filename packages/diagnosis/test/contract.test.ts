/** The code's vocabulary and the contract's are one. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  ACTORS,
  CAUSE_CODES,
  diagnose,
  InquiryError,
  readInquiry,
} from "@assay/diagnosis";
import { STEPS } from "@assay/token";

const catalogue = JSON.parse(
  readFileSync(
    new URL("../../../docs/contract/catalogue.json", import.meta.url),
    "utf8",
  ),
) as {
  steps: string[];
  causes: [code: string, actor: string][];
};

describe("the contract", () => {
  it("has our steps, in our order", () =>
    assert.deepEqual(catalogue.steps, [...STEPS]));

  it("has our causes and their actors, in our order", () =>
    assert.deepEqual(
      CAUSE_CODES.map((code) => [code, ACTORS[code]]),
      catalogue.causes.map(([code, actor]) => [code, actor]),
    ));

  it("refuses unknown members by name", () => {
    assert.throws(
      () => readInquiry({ tokn: "x" }),
      (error) =>
        error instanceof InquiryError && error.message.includes('"tokn"'),
    );
    assert.throws(
      () => readInquiry({ policy: { audiance: "x" } }),
      /policy: unknown member "audiance"/,
    );
    assert.throws(
      () => readInquiry({ policy: { clockTolerance: "5" } }),
      /policy\.clockTolerance: expected a number of seconds/,
    );
    assert.throws(() => readInquiry([]), /expected an object, found an array/);
  });

  it("answers an empty inquiry", async () => {
    const diagnosis = await diagnose(readInquiry({}));
    assert.equal(diagnosis.outcome, "rejected");
    assert.equal(diagnosis.reason, "request.token_missing");
  });
});
