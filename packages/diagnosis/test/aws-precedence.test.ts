/** Keys in variables and a profile at once: the SDKs do not agree which goes first (docs/causes/aws.environment_shadows_profile.md). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose, type Inquiry } from "@assay/diagnosis";

describe("keys in variables beside AWS_PROFILE", () => {
  const at = (
    agent: string,
    keyId: string,
    aws: Readonly<Record<string, unknown>>,
  ): Inquiry => ({
    now: "2026-03-04T10:20:30Z",
    request: {
      method: "POST",
      url: "https://sts.eu-west-1.amazonaws.com/",
      headers: {
        "user-agent": agent,
        "x-amz-date": "20260304T102030Z",
        authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/20260304/eu-west-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
      },
    },
    response: {
      status: 403,
      body: "<Error><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error>",
    },
    context: {
      aws: {
        credentialsFile:
          "[barn]\naws_access_key_id = AKIAY34FZKBOKMUTVV7A\naws_secret_access_key = ***\n",
        ...aws,
      },
    },
  });
  const variables = {
    AWS_ACCESS_KEY_ID: "AKIAY34FZKBOKMUTVV7B",
    AWS_SECRET_ACCESS_KEY: "made-up",
  };
  const factsOf = async (inquiry: Inquiry, cause: string): Promise<unknown> =>
    (await diagnose(inquiry)).causes.find((each) => each.cause === cause)
      ?.facts;
  it("tells a profile named by a variable from one named in the call", async () => {
    const cause = "aws.environment_shadows_profile";
    const key = variables.AWS_ACCESS_KEY_ID;
    assert.partialDeepStrictEqual(
      await factsOf(
        at("Boto3/1.35", key, {
          environment: { ...variables, AWS_PROFILE: "barn" },
        }),
        cause,
      ),
      { profile: "barn", chosenBy: "variable", over: "profile" },
    );
    assert.partialDeepStrictEqual(
      await factsOf(
        at("aws-sdk-java/2.20", key, {
          environment: variables,
          profile: "barn",
        }),
        cause,
      ),
      { profile: "barn", chosenBy: "call" },
    );
  });
  it("knows that JavaScript v3 takes the profile", async () => {
    const environment = { ...variables, AWS_PROFILE: "barn" };
    const key = "AKIAY34FZKBOKMUTVV7A";
    assert.partialDeepStrictEqual(
      await factsOf(
        at("aws-sdk-js/3.900.0", key, { environment }),
        "aws.profile",
      ),
      { read: "barn" },
    );
    assert.equal(
      await factsOf(at("Boto3/1.35", key, { environment }), "aws.profile"),
      undefined,
    );
  });
});
