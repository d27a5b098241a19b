/** Hostile inquiries of 64 KiB: each is answered, whatever it holds; the cost is counted in operations. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, readInquiry } from "@assay/diagnosis";

const SIZE = 65_536;
const hostile: Readonly<Record<string, string>> = {
  dots: ".".repeat(SIZE),
  quotes: '"'.repeat(SIZE),
  percent: "%25".repeat(SIZE / 3),
  "nested JSON": "[".repeat(SIZE),
  backslashes: "\\".repeat(SIZE),
  blanks: " ".repeat(SIZE),
  base64: "QUJD".repeat(SIZE / 4),
  "three long segments": `${"A".repeat(20_000)}.${"A".repeat(20_000)}.${"A".repeat(20_000)}`,
  "many tokens": "eyJhbGciOiJIUzI1NiJ9.e30.AAAA,".repeat(SIZE / 30),
  "angle brackets": "<a ".repeat(SIZE / 3),
  braces: "{{".repeat(SIZE / 2),
  "scheme words": "Bearer ".repeat(SIZE / 7),
  "line ends": "eyJ\n".repeat(SIZE / 4),
};

describe("hostile text", () => {
  for (const [name, text] of Object.entries(hostile)) {
    it(`${name}, as a token and as a header`, async () => {
      for (const inquiry of [
        { token: text },
        { request: { headers: { authorization: `Bearer ${text}` } } },
        { token: "x.y.z", policy: { publicKey: text } },
        { token: text, policy: { secret: text, algorithms: ["HS256"] } },
      ]) {
        const diagnosis = await diagnose(
          readInquiry({ ...inquiry, now: "2026-01-01T00:00:00Z" }),
        );
        assert.notEqual(diagnosis.outcome, "accepted");
      }
    });
  }
});
