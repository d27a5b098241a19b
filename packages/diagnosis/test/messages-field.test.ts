/**
 * The messages of the field notes, each as an answer alone: how many lead to a reason. They are published beside the repository and not in
 * it: the variable ASSAY_FIELD_NOTES, default ../shared/field-notes.jsonl.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { diagnose, readInquiry, type Diagnosis } from "@assay/diagnosis";
import { readStatement } from "../src/testimony-answer.ts";

const file =
  process.env["ASSAY_FIELD_NOTES"] ??
  fileURLToPath(
    new URL("../../../../shared/field-notes.jsonl", import.meta.url),
  );

/** What a person has described rather than quoted, and what other judges read: OAuth endpoints, AWS, cookies and forms, SAML. */
const DESCRIBED = /^\[symptom\]|^\(|^(?:HTTP )?\d{3}(?: \w+)?$/;
const ELSEWHERE =
  /invalid_(?:client|grant|request)|unsupported_grant|aws|security token included|InvalidAccessKeyId|InvalidIdentityToken|equal-sign|sts:|SignatureDoesNotMatch|request signature|OpenIDConnect provider|ExpiredToken|csrf|crumb|nonce is invalid|authenticity|trusted origins|state mismatch|state cookie|redirect_uri|code.verifier|client secret|Refresh ?Token|AADSTS7000|WSE\d|assertion/i;

/** Below these shares of the quoted messages something was lost. */
const LEAST = { reason: 0.67, heard: 0.76 };

describe("the messages of the field notes, alone", () => {
  if (!existsSync(file)) {
    it("are left out: no field notes", (t) =>
      t.skip("set ASSAY_FIELD_NOTES to field-notes.jsonl"));
    return;
  }
  const texts = readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { error_text: string }).error_text);
  const heard = (text: string): "reason" | "open" | null => {
    const statement = readStatement(
      { status: statusOf(text), body: text },
      { alone: true },
    );
    if (!statement) return null;
    return statement.message?.open ? "open" : "reason";
  };

  it("lead to a reason in the share that is kept here", (t) => {
    const quoted = texts.filter(
      (text) => !DESCRIBED.test(text) && !ELSEWHERE.test(text),
    );
    const count = (wanted: "reason" | "open", of: readonly string[]): number =>
      of.filter((text) => heard(text) === wanted).length;
    const share = (n: number, of: readonly string[]): string =>
      `${n} of ${of.length} (${((100 * n) / of.length).toFixed(1)} %)`;
    t.diagnostic(
      `all notes: a reason from ${share(count("reason", texts), texts)}, only candidates from ${share(count("open", texts), texts)}`,
    );
    t.diagnostic(
      `quoted messages about a bearer token: a reason from ${share(count("reason", quoted), quoted)}, only candidates from ${share(count("open", quoted), quoted)}`,
    );
    const reason = count("reason", quoted) / quoted.length;
    assert.ok(reason >= LEAST.reason, `reasons from ${reason}`);
    assert.ok(
      reason + count("open", quoted) / quoted.length >= LEAST.heard,
      "reasons or candidates",
    );
  });

  it("are answered, with causes where anything is heard, and never certain", async () => {
    for (const text of texts) {
      const diagnosis: Diagnosis = await diagnose(
        readInquiry({
          response: { status: statusOf(text), body: text },
          now: "2026-05-12T10:00:00Z",
        }),
      );
      assert.notEqual(diagnosis.outcome, "accepted", text);
      if (heard(text) === null) continue;
      assert.ok(diagnosis.causes.length > 0, text);
      for (const { cause, confidence } of diagnosis.causes)
        if (!/^(?:oauth|aws)\./.test(cause))
          assert.notEqual(confidence, "certain", `${cause}: ${text}`);
    }
  });
});

const statusOf = (text: string): number =>
  Number(/\b([45]\d\d)\b/.exec(text)?.[1] ?? 401);
