/** What the request itself shows is told as it stands: the first fault first, and no blame for an answer that the standard allows. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, readInquiry, type Cause } from "@assay/diagnosis";
import { vectorsOf } from "./vectors.ts";

const causesOf = async (
  file: string,
  id: string,
  change: (inquiry: string) => string = (inquiry) => inquiry,
): Promise<readonly Cause[]> => {
  const vector = vectorsOf(file).find((each) => each.id === id);
  assert.ok(vector, id);
  const inquiry: unknown = JSON.parse(change(JSON.stringify(vector.inquiry)));
  return (await diagnose(readInquiry(inquiry))).causes;
};

describe("the first fault of a request", () => {
  it("a method that is absent is not one that says plain", async () => {
    const [plain] = await causesOf("oauth.jsonl", "oauth-pkce-12");
    assert.deepEqual(plain?.facts, {
      by: "comparison",
      how: "method_says_plain",
    });
    const [absent] = await causesOf("oauth.jsonl", "oauth-pkce-4");
    assert.deepEqual(absent?.facts, {
      by: "comparison",
      how: "method_missing",
    });
  });

  for (const code of ["invalid_request", "invalid_client"])
    it(`two ways of authentication at once are certain, and ${code} is right for them`, async () => {
      const causes = await causesOf("oauth.jsonl", "oauth-method-11", (text) =>
        text.replace("invalid_request", code),
      );
      assert.deepEqual(
        causes.map(({ cause, confidence }) => [cause, confidence]),
        [["oauth.client_authentication_method", "certain"]],
      );
    });

  it("one way that is not the registered one is still no invalid_request", async () => {
    const causes = await causesOf("oauth.jsonl", "oauth-method-1", (text) =>
      text.replace("invalid_client", "invalid_request"),
    );
    assert.ok(causes.some(({ cause }) => cause === "oauth.error_misleading"));
  });

  for (const code of ["unsupported_grant_type", "invalid_request"])
    it(`a multipart body comes before what is missing in it, answered by ${code}`, async () => {
      const causes = await causesOf(
        "oauth.jsonl",
        "oauth-format-multipart-1",
        (text) => text.replace("unsupported_grant_type", code),
      );
      assert.deepEqual(
        causes.map(({ cause, facts }) => [cause, facts]),
        [
          [
            "oauth.request_format",
            { by: "request", how: "multipart", parameter: "refresh_token" },
          ],
        ],
      );
      assert.deepEqual(causes[0]?.evidence, [
        "the body is multipart, and the endpoint reads a plain form",
        "the parameter “refresh_token” is missing",
      ]);
    });

  it("of a form that the server has read, only what is missing is told", async () => {
    const [first] = await causesOf(
      "oauth.jsonl",
      "oauth-format-multipart-1",
      (text) => text.replace("unsupported_grant_type", "invalid_grant"),
    );
    assert.deepEqual(first?.facts, {
      by: "request",
      how: "missing",
      parameter: "refresh_token",
    });
  });

  for (const [sent, by] of [
    ["SerialNumber=a", "code_missing"],
    ["SerialNumber=a&TokenCode=", "code_missing"],
    ["TokenCode=123456", "serial_missing"],
    ["SerialNumber=a&TokenCode=123456", "code"],
  ] as const)
    it(`a second factor with ${sent} is told as ${by}`, async () => {
      const [first] = await causesOf(
        "aws.jsonl",
        "aws-mfa-required-no-code-1",
        (text) => text.replace(/SerialNumber=[^&]+/, sent),
      );
      assert.deepEqual(first?.facts, { by });
    });

  it("without the body it is not told which half of the second factor is missing", async () => {
    const [first] = await causesOf(
      "aws.jsonl",
      "aws-mfa-required-no-code-1",
      (text) => text.replace(/"body":"Action[^"]+"/, '"body":""'),
    );
    assert.deepEqual(first?.facts, { by: "incomplete" });
  });
});
