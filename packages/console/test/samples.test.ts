/** Every sample and every example of a page is there, and shows what its name says. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPasted } from "@assay/diagnosis";
import { readHandbook } from "../build/handbook-files.ts";
import { differences } from "../src/inspector/compare/differences.ts";
import { demandedBy } from "../src/inspector/expectations/expectations.ts";
import { COMPARISON, SAMPLES } from "../src/inspector/samples/sample-list.ts";
import type { Judged } from "../src/inspector/worker/question.ts";
import { ENGLISH_TEXTS } from "../src/language/english.ts";
import { judgeText, pairOf, shownOf, tokenOf } from "./as-the-worker.ts";

const opened = readHandbook();

/** What the inspector says when the sample is chosen. */
const shown = async (inquiry: string): Promise<Judged> => {
  const { text, form } = shownOf(inquiry);
  const { policy, now } = demandedBy(form, ENGLISH_TEXTS.expect);
  return judgeText({ text, policy, now });
};

const NAMED: Readonly<Record<(typeof SAMPLES)[number]["name"], string>> = {
  accepted: "accepted",
  expired: "expiration.expired time.expired",
  audience: "audience.mismatch audience.other",
  secret: "signature.mismatch key.secret_encoding",
  rotated: "signature.key_not_found key.rotated",
  quoted: "format.encoding token.quoted",
  truncated: "format.segments token.truncated",
  idToken: "format.type kind.id_token",
  issuer: "issuer.mismatch issuer.trailing_slash",
  clock: "expiration.issued_in_future time.clock_behind",
  scope: "scope.insufficient scope.not_granted",
  dpop: "binding.proof_missing binding.scheme_downgraded",
  forged: "signature.algorithm_none token.forged",
  stripped: "request.token_missing transit.header_stripped",
};

describe("a sample", () => {
  for (const { name, vector } of SAMPLES)
    it(`${name} shows ${NAMED[name]}`, async () => {
      const { diagnosis } = await shown(opened.vector(vector));
      const { outcome, reason, causes } = diagnosis;
      assert.equal(
        outcome === "accepted" ? outcome : `${reason} ${causes[0]?.cause}`,
        NAMED[name],
      );
    });

  it("has a name of its own, and words in the menu", () => {
    const names = SAMPLES.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(ENGLISH_TEXTS.samples[name], /\S/);
  });

  it("compares the token before the refresh with the one after, which lacks a scope", () => {
    const { first, second } = pairOf(opened.vector(COMPARISON.vector));
    const [before, after] = [tokenOf(first), tokenOf(second)];
    assert.ok(before && after);
    const scope = differences(before, after).find(
      ({ name }) => name === "scope",
    );
    assert.equal(scope?.kind, "changed");
    assert.ok(scope.lost.length > 0);
  });
});

describe("the example of a page", () => {
  it("is a vector or stands in the page, and shows its code", async () => {
    for (const page of opened.handbook.pages) {
      const example = opened.example(page);
      if (page.kind === "guides") continue;
      assert.ok(example !== null, `${page.address} has no example`);
      const { diagnosis } = await shown(example);
      const codes: readonly (string | null | undefined)[] =
        page.kind === "causes"
          ? [diagnosis.causes[0]?.cause]
          : diagnosis.steps.flatMap((step) =>
              "findings" in step
                ? step.findings.map(({ reason }) => reason)
                : [],
            );
      assert.ok(codes.includes(page.name), `${page.address}: ${codes.join()}`);
    }
  });

  it("names a vector that is there", () => {
    assert.throws(() => opened.vector("field-0"), {
      name: "PageError",
      message: "expected the id of a vector, found field-0",
    });
    assert.equal(readPasted(opened.vector("field-208")).form, "inquiry");
  });
});
