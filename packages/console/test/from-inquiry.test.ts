/** An inquiry that is shown in the box and the form asks what the inquiry asked. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPasted, type Inquiry, type InquiryPolicy } from "@assay/diagnosis";
import fc from "fast-check";
import { vectorFiles, vectorsOf } from "../../diagnosis/test/vectors.ts";
import { demandedBy } from "../src/inspector/expectations/expectations.ts";
import type { Shown } from "../src/inspector/expectations/from-inquiry.ts";
import { ENGLISH_TEXTS } from "../src/language/english.ts";
import { judgeText, shownOf, type ShortQuestion } from "./as-the-worker.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

/** As the page asks it. */
function questionOf({ text, form }: Shown): ShortQuestion {
  const { policy, now, problems } = demandedBy(form, ENGLISH_TEXTS.expect);
  assert.deepEqual(problems, {});
  return { text, policy, now };
}

describe("an inquiry in the form", () => {
  const apart: string[] = [];
  for (const file of vectorFiles) {
    it(`asks what vectors/${file} ask`, async () => {
      for (const { id, inquiry, expected } of vectorsOf(file)) {
        const text = JSON.stringify(inquiry);
        const shown = shownOf(text);
        if (shown.text !== text) apart.push(id);
        const question = questionOf(shown);
        assert.notEqual(question.text.trim(), "", id);
        const [asked, meant] = await Promise.all([
          judgeText(question),
          judgeText({ text, policy: {}, now: null }),
        ]);
        const told = ({ diagnosis }: typeof asked) => ({
          outcome: diagnosis.outcome,
          reason: diagnosis.reason,
          cause: diagnosis.causes[0]?.cause ?? null,
        });
        assert.deepEqual(told(asked), told(meant), id);
        assert.equal(asked.diagnosis.outcome, expected.outcome, id);
        assert.equal(asked.diagnosis.reason, expected.reason, id);
      }
    });
  }

  it("is taken apart wherever that loses nothing", () => {
    assert.ok(apart.length > 200, `${apart.length} were`);
  });

  const policyOf = (policy: InquiryPolicy, more: Inquiry = {}) => {
    const inquiry = { token: "eyJh.eyJi.c2ln", policy, ...more };
    return questionOf(shownOf(JSON.stringify(inquiry)));
  };

  it("has the token in the box and the rest in the fields", () => {
    const { text, form } = shownOf(
      JSON.stringify({
        now: "2026-11-22T12:00:00Z",
        token: "eyJh.eyJi.c2ln",
        policy: {
          issuer: "https://a.example",
          audience: ["x", "y"],
          scopes: ["read"],
          algorithms: ["HS256"],
          kind: "id_token",
          clockTolerance: 30,
          secret: " s3cret ",
          secretEncoding: "base64",
        },
      }),
    );
    assert.equal(text, "eyJh.eyJi.c2ln");
    const { now, ...fields } = form;
    assert.deepEqual(fields, {
      keys: " s3cret ",
      keysAre: "secret",
      secretEncoding: "base64",
      issuer: "https://a.example",
      audience: "x y",
      scopes: "read",
      algorithms: "HS256",
      kind: "id_token",
      tolerance: "30",
    });
    assert.equal(Date.parse(now), NOW);
  });

  it("stays an inquiry where a field cannot hold it", () => {
    for (const policy of [
      { issuer: "https://a.example, https://b.example" },
      { issuer: "https://a.example " },
      { audience: ["my api"] },
      { audience: [] },
      { audience: null },
      { audience: "" },
      { scopes: ["a,b"] },
      { clockTolerance: 1e-7 },
      { secret: "" },
      { publicKey: "" },
      { secretEncoding: "hex" },
      { secret: "a", publicKey: "b" },
      { keys: { keys: [], more: 1 } },
      { nonce: "n" },
      { jwksUri: "https://a.example/jwks" },
    ] as InquiryPolicy[]) {
      const { text, policy: demanded } = policyOf(policy);
      assert.deepEqual(demanded, {}, JSON.stringify(policy));
      assert.deepEqual(readPasted(text).inquiry.policy, policy);
    }
    for (const now of ["2026-11-22T12:00:00.5Z", "+012026-11-22T12:00:00Z"]) {
      const question = policyOf({}, { now });
      assert.deepEqual(
        [question.now, readPasted(question.text).inquiry.now],
        [null, now],
      );
    }
  });

  it("keeps the moment, also in the night in which an hour comes twice", () => {
    const before = process.env["TZ"];
    process.env["TZ"] = "Europe/Berlin";
    try {
      const shown = [23, 24, 25, 26, 27].map((hour) => {
        const at = Date.UTC(2026, 9, 24, hour, 30);
        const question = policyOf({}, { now: new Date(at).toISOString() });
        const pasted = readPasted(question.text).inquiry.now ?? "";
        assert.equal(question.now ?? Date.parse(pasted), at);
        return question.now !== null;
      });
      assert.deepEqual(shown, [true, true, false, true, true]);
    } finally {
      if (before === undefined) delete process.env["TZ"];
      else process.env["TZ"] = before;
    }
  });

  it("stays an inquiry where the box would make something else of the token", () => {
    for (const token of [
      "",
      "  ",
      "\n",
      "eyJh.eyJi.c2ln\n",
      "eyJh.\r\neyJi.c2ln",
      "Authorization: Bearer eyJh.eyJi.c2ln",
      "curl -H 'Authorization: Bearer x' https://a.example",
      '{"token":"x"}',
    ]) {
      const text = JSON.stringify({ token });
      assert.equal(shownOf(text).text, text);
    }
  });

  it("is only ever an inquiry: any other text stays what it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { text: shown, form } = shownOf(text);
        assert.equal(shown, text);
        assert.deepEqual(demandedBy(form, ENGLISH_TEXTS.expect).policy, {});
      }),
    );
  });

  const name = fc.oneof(
    fc.constantFrom("https://a.example", "a b", "a,b", "", " a", "ä", "\u00a0"),
    fc.string({ maxLength: 6 }),
  );
  const names = fc.array(name, { maxLength: 3 });
  const policies: fc.Arbitrary<InquiryPolicy> = fc.record(
    {
      issuer: fc.oneof(name, names),
      audience: fc.oneof(name, names, fc.constant(null)),
      scopes: names,
      algorithms: names,
      kind: fc.constantFrom("access_token", "id_token", "any"),
      clockTolerance: fc.oneof(
        fc.nat({ max: 600 }),
        fc.double({ min: 0, max: 600, noNaN: true }),
      ),
      secret: fc.string(),
      secretEncoding: fc.constantFrom("utf8", "base64", "base64url", "hex"),
      publicKey: fc.string({ maxLength: 4 }),
      nonce: fc.string({ maxLength: 4 }),
    },
    { requiredKeys: [] },
  );
  const moments = fc
    .date({ noInvalidDate: true })
    .map((date) => date.toISOString());

  it("demands what the inquiry demands, whatever that is", () => {
    const token = fc.oneof(
      fc.constant("eyJh.eyJi.c2ln"),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(
        fc.record(
          { token, policy: policies, now: moments },
          { requiredKeys: ["token"] },
        ),
        (inquiry) => {
          const text = JSON.stringify(inquiry);
          const question = questionOf(shownOf(text));
          const { inquiry: pasted } = readPasted(question.text);
          if (question.text === text) {
            assert.deepEqual([question.policy, question.now], [{}, null]);
            return;
          }
          assert.deepEqual(pasted, { token: inquiry.token });
          const { secretEncoding, ...demanded } = listed(question.policy);
          const { secretEncoding: meant, ...policy } = listed(
            inquiry.policy ?? {},
          );
          assert.deepEqual(demanded, policy);
          assert.equal(secretEncoding ?? "utf8", meant ?? "utf8");
          assert.equal(
            question.now,
            inquiry.now === undefined ? null : Date.parse(inquiry.now),
          );
        },
      ),
      { numRuns: Number(process.env["ASSAY_FUZZ_RUNS"] ?? 500) },
    );
  });
});

/** One text stands for a list of one. */
const listed = (policy: InquiryPolicy): InquiryPolicy => ({
  ...policy,
  ...(typeof policy.issuer === "string" && { issuer: [policy.issuer] }),
  ...(typeof policy.audience === "string" && { audience: [policy.audience] }),
});
