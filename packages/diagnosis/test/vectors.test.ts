/** Our own vectors, one file a family: the specification of a diagnosis as data. The command and the browser run the same files. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  CAUSE_CODES,
  diagnose,
  readInquiry,
  type Diagnosis,
  type Inquiry,
} from "@assay/diagnosis";
import { vectorFiles, vectorsOf } from "./vectors.ts";

function secretsOf({ token, policy, context }: Inquiry): string[] {
  return [
    token,
    policy?.secret,
    context?.clientToken,
    context?.client?.secret,
  ].filter((text): text is string => (text?.length ?? 0) > 20);
}

function checkContract(diagnosis: Diagnosis, inquiry: Inquiry): void {
  assert.equal(diagnosis.contract, 1);
  assert.deepEqual(
    diagnosis.steps.map(({ step }) => step),
    [
      "request",
      "format",
      "signature",
      "expiration",
      "issuer",
      "audience",
      "binding",
      "scope",
      "revocation",
    ],
  );
  // What the server itself granted is accepted; trusted is only what was verified here, or a signature that came out.
  if (diagnosis.token.trusted) assert.equal(diagnosis.outcome, "accepted");
  if (diagnosis.outcome === "accepted" && !diagnosis.token.trusted)
    assert.ok(
      diagnosis.steps.every(({ outcome }) => outcome === "skipped"),
      "what was judged and passed is trusted",
    );
  if (diagnosis.outcome === "rejected")
    assert.ok(diagnosis.causes.length > 0, "a rejection has a cause");
  if (diagnosis.outcome === "accepted")
    assert.equal(diagnosis.causes.length, 0);
  for (const cause of diagnosis.causes) {
    assert.ok(cause.fix.length > 0, `${cause.cause} says what to do`);
    assert.ok(cause.evidence.every((sentence) => sentence.length > 0));
  }
  const told = JSON.stringify(diagnosis);
  for (const secret of secretsOf(inquiry))
    assert.ok(
      !told.includes(JSON.stringify(secret).slice(1, -1)),
      "no secret and no whole token is repeated",
    );
}

for (const file of vectorFiles) {
  describe(`vectors/${file}`, () => {
    for (const { id, title, inquiry, expected } of vectorsOf(file)) {
      it(`${id}: ${title}`, async () => {
        const diagnosis = await diagnose(readInquiry(inquiry));
        checkContract(diagnosis, inquiry);
        assert.deepEqual(
          { outcome: diagnosis.outcome, reason: diagnosis.reason },
          { outcome: expected.outcome, reason: expected.reason },
        );
        if (expected.cause === null) return;
        const [first] = diagnosis.causes;
        assert.ok(
          first && [expected.cause, ...expected.also].includes(first.cause),
          `expected ${expected.cause}, found ${diagnosis.causes.map(({ cause }) => cause).join(" ")}`,
        );
        assert.deepEqual(
          await diagnose(readInquiry(inquiry)),
          diagnosis,
          "the same inquiry gives the same diagnosis",
        );
      });
    }
  });
}

describe("the vectors together", () => {
  const all = vectorFiles.flatMap(vectorsOf);
  it("have ids of their own", () =>
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length));
  it("name every cause at least once", () => {
    const named = new Set(
      all.flatMap(({ expected }) =>
        expected.cause === null ? [] : [expected.cause],
      ),
    );
    assert.deepEqual(
      CAUSE_CODES.filter((code) => !named.has(code)),
      [],
    );
  });
  it("name every reason at least once", () => {
    const named = new Set(all.map(({ expected }) => expected.reason));
    const catalogue = JSON.parse(
      readFileSync(
        new URL("../../../docs/contract/catalogue.json", import.meta.url),
        "utf8",
      ),
    ) as { reasons: [string][] };
    assert.deepEqual(
      catalogue.reasons
        .map(([code]) => code)
        .filter((code) => !named.has(code)),
      [],
    );
  });
});
