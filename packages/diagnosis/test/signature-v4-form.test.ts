/** Upload forms of S3: the worked example of the API reference ("Browser-based upload using HTTP POST"), and what a policy demands. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, type Inquiry } from "@assay/diagnosis";
import {
  fieldFault,
  parseSigned,
  readUploadPolicy,
  verifySigned,
} from "../src/aws/signature-v4/index.ts";

/** The documentation's own. */
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const CREDENTIAL = "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request";
const SIGNATURE =
  "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e";
const REDIRECT =
  "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html";
/** Its line ends are signed too. */
const POLICY = [
  '{ "expiration": "2015-12-30T12:00:00.000Z",',
  '  "conditions": [',
  '    {"bucket": "sigv4examplebucket"},',
  '    ["starts-with", "$key", "user/user1/"],',
  '    {"acl": "public-read"},',
  `    {"success_action_redirect": "${REDIRECT}"},`,
  '    ["starts-with", "$Content-Type", "image/"],',
  '    {"x-amz-meta-uuid": "14365123651274"},',
  '    {"x-amz-server-side-encryption": "AES256"},',
  '    ["starts-with", "$x-amz-meta-tag", ""],',
  "",
  `    {"x-amz-credential": "${CREDENTIAL}"},`,
  '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
  '    {"x-amz-date": "20151229T000000Z" }',
  "  ]",
  "}",
].join("\r\n");

const FIELDS: Readonly<Record<string, string>> = {
  key: "user/user1/${filename}",
  acl: "public-read",
  success_action_redirect: REDIRECT,
  "Content-Type": "image/jpeg",
  "x-amz-meta-uuid": "14365123651274",
  "x-amz-server-side-encryption": "AES256",
  "X-Amz-Credential": CREDENTIAL,
  "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
  "X-Amz-Date": "20151229T000000Z",
  "x-amz-meta-tag": "",
  Policy: btoa(POLICY),
  "X-Amz-Signature": SIGNATURE,
};

function bodyOf(fields: Readonly<Record<string, string>>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n…\r\n--b--\r\n`;
}

const inquiry = (
  fields: Readonly<Record<string, string>>,
  now = "2015-12-29T00:00:10Z",
): Inquiry => ({
  now,
  request: {
    method: "POST",
    // A store of one's own: at AWS the key of the documentation is refused as a sample.
    url: "http://store.example/sigv4examplebucket",
    headers: { "content-type": "multipart/form-data; boundary=b" },
    body: bodyOf(fields),
  },
  context: { aws: { secretAccessKey: SECRET } },
});

describe("the published example of an upload form", () => {
  it("has the signature that is published", async () => {
    const { request } = inquiry(FIELDS);
    const wire = {
      method: "POST",
      url: request?.url ?? "",
      headers: [["content-type", "multipart/form-data; boundary=b"]] as const,
      body: request?.body ?? null,
    };
    const parsed = parseSigned(wire);
    assert.ok(parsed && !("problem" in parsed));
    assert.equal(parsed.form, "policy");
    const { signature, matches } = await verifySigned(wire, parsed, SECRET);
    assert.equal(signature, SIGNATURE);
    assert.equal(matches, true);
  });
  it("is accepted before its end and not after", async () => {
    assert.equal((await diagnose(inquiry(FIELDS))).outcome, "accepted");
    const late = await diagnose(inquiry(FIELDS, "2015-12-30T12:00:00Z"));
    assert.equal(late.reason, "expiration.expired");
  });
  it("is refused with a policy of one byte less", async () => {
    const { reason } = await diagnose(
      inquiry({ ...FIELDS, Policy: btoa(POLICY.slice(0, -1)) }),
    );
    assert.equal(reason, "signature.mismatch");
  });
});

describe("a policy", () => {
  const policy = readUploadPolicy(btoa(POLICY));
  assert.ok(policy);
  const form = (
    change: Readonly<Record<string, string | null>>,
  ): Map<string, string> =>
    new Map(
      Object.entries({ ...FIELDS, ...change }).flatMap(([name, value]) =>
        value === null ? [] : [[name.toLowerCase(), value] as const],
      ),
    );
  const fault = (
    change: Readonly<Record<string, string | null>>,
    bucket: string | null = "sigv4examplebucket",
  ): string | null => fieldFault(policy, form(change), bucket)?.field ?? null;
  it("takes what it demands", () => assert.equal(fault({}), null));
  it("names the field that has another value, is missing, or is not in it", () => {
    assert.equal(fault({ acl: "private" }), "acl");
    assert.equal(fault({ key: "other/a" }), "key");
    assert.equal(
      fault({ "Content-Type": "image/png,text/html" }),
      "content-type",
    );
    assert.equal(fault({ "x-amz-meta-tag": null }), "x-amz-meta-tag");
    assert.equal(
      fault({ "x-amz-security-token": "t" }),
      "x-amz-security-token",
    );
    assert.equal(fault({ "x-ignore-me": "t" }), null);
    assert.equal(fault({}, "other"), "bucket");
    assert.equal(fault({}, null), null);
  });
  it("shows no value of a field that may be secret", async () => {
    const secret = "IQoJb3JpZ2luX2VjEMadeUpAndLongEnough";
    const told = JSON.stringify(
      await diagnose(inquiry({ ...FIELDS, "x-amz-security-token": secret })),
    );
    assert.ok(!told.includes(secret));
    assert.match(told, /x-amz-security-token/);
  });
});
