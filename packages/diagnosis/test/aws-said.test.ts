/** What the tools of AWS print, pasted without anything else: read as theirs, and answered with their advice. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, readPasted, render } from "@assay/diagnosis";

describe("what a tool says, pasted alone", () => {
  for (const [said, cause] of [
    ["The config profile (x) could not be found", "aws.profile"],
    ["Error loading SSO Token: Token for x does not exist", "aws.sso_session"],
    [
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
      "aws.profile",
    ],
    [
      "Error when retrieving token from sso: Token has expired and refresh failed",
      "aws.sso_session",
    ],
    ["Unable to parse config file: /etc/aws/config", "aws.profile"],
    [
      'You must specify a region. You can also configure your region by running "aws configure".',
      "aws.region",
    ],
    [
      "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
      "aws.credential_damaged",
    ],
    [
      "CredentialsProviderError: Could not load credentials from any providers",
      "aws.profile",
    ],
    [
      "NoCredentialProviders: no valid providers in chain. Deprecated.",
      "aws.profile",
    ],
    [
      'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\nbotocore.exceptions.NoCredentialsError: Unable to locate credentials',
      "aws.profile",
    ],
    [
      'Exception in thread "main" software.amazon.awssdk.core.exception.SdkClientException: Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain()',
      "aws.profile",
    ],
    [
      "╷\n│ Error: No valid credential sources found\n│ \n│ Error: failed to refresh cached credentials, no EC2 IMDS role found\n╵",
      "aws.profile",
    ],
    [
      "│ Error: validating provider credentials: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 7a, api error ExpiredToken: The security token included in the request is expired",
      "aws.session_expired",
    ],
    [
      "ExpiredTokenException: The security token included in the request is expired",
      "aws.session_expired",
    ],
    [
      "Aws::S3::Errors::SignatureDoesNotMatch (The request signature we calculated does not match the signature you provided.)",
      "aws.secret_wrong",
    ],
    [
      "Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity",
      "aws.web_identity",
    ],
    [
      'Error: Unable to access object "a" in S3 bucket "b": operation error S3: HeadObject, https response error StatusCode: 403, RequestID: X, HostID: Y, api error Forbidden: Forbidden',
      "scope.not_granted",
    ],
    [
      "Need to perform AWS calls for account 111122223333, but no credentials have been configured",
      "aws.profile",
    ],
    [
      "Your session has expired. Please reauthenticate using 'aws login'.",
      "aws.sso_session",
    ],
    ["The provided token has expired.", "aws.session_expired"],
    [
      "ProfileNotFound: The config profile (dev) could not be found",
      "aws.profile",
    ],
    ["ConfigError: Missing region in config", "aws.region"],
  ] as const)
    it(`${said.slice(0, 72).replaceAll("\n", " ")}: ${cause}`, async () => {
      const { inquiry, form } = readPasted(`${said}\n`);
      assert.equal(form, "tool-error");
      const diagnosis = await diagnose(inquiry);
      assert.equal(diagnosis.causes[0]?.cause, cause);
      assert.doesNotMatch(render(diagnosis, "text"), /Bearer/);
    });
  it("400 to HEAD, which has no words: undecided, with what it may be", async () => {
    const diagnosis = await diagnose(
      readPasted(
        "An error occurred (400) when calling the HeadObject operation: Bad Request",
      ).inquiry,
    );
    assert.equal(diagnosis.outcome, "undecided");
    assert.deepEqual(
      diagnosis.causes.map(({ cause }) => cause),
      ["aws.session_expired", "aws.region"],
    );
  });
});
