/** What a request to AWS is read from, and what never leaves: vectors/aws.jsonl says which cause it is. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  diagnose,
  InquiryError,
  readInquiry,
  type Inquiry,
} from "@assay/diagnosis";
import { growsLinearly } from "../../../test/grows-linearly.ts";
import { readConfiguration } from "../src/aws/credentials.ts";
import { endpointOf } from "../src/aws/endpoint.ts";
import { readErrorAnswer } from "../src/aws/error-answer.ts";
import { readIniFile } from "../src/aws/ini-file.ts";
import { accountOfKey, kindOfKey } from "../src/aws/key-id.ts";
import { utcMoment } from "../src/aws/moment.ts";
import { placeholderKind } from "../src/aws/placeholder-keys.ts";
import { readSessionToken } from "../src/aws/session-token.ts";
import { isForAws } from "../src/aws/recognise.ts";
import { vectorsOf } from "./vectors.ts";

describe("a host of AWS", () => {
  for (const [host, service, region, partition, signingName] of [
    ["sts.amazonaws.com", "sts", null, "aws", "sts"],
    ["b.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1", "aws", "s3"],
    ["s3-eu-west-1.amazonaws.com", "s3", "eu-west-1", "aws", "s3"],
    ["b.s3.dualstack.us-east-2.amazonaws.com", "s3", "us-east-2", "aws", "s3"],
    [
      "a.execute-api.cn-north-1.amazonaws.com.cn",
      "execute-api",
      "cn-north-1",
      "aws-cn",
      "execute-api",
    ],
    ["iam.us-gov.amazonaws.com", "iam", null, "aws-us-gov", "iam"],
    [
      "x.lambda-url.eu-north-1.on.aws",
      "lambda-url",
      "eu-north-1",
      "aws",
      "lambda",
    ],
    ["search-d-x.eu-west-1.es.amazonaws.com", "es", "eu-west-1", "aws", "es"],
    [
      "streams.dynamodb.us-west-2.amazonaws.com",
      "streams.dynamodb",
      "us-west-2",
      "aws",
      "dynamodb",
    ],
    [
      "sts.us-gov-west-1.amazonaws.com:443",
      "sts",
      "us-gov-west-1",
      "aws-us-gov",
      "sts",
    ],
  ] as const)
    it(host, () =>
      assert.partialDeepStrictEqual(endpointOf(host), {
        service,
        region,
        partition,
        signingName,
      }),
    );
  it("is not one whose name only contains it", () => {
    for (const host of [
      "amazonaws.com.example",
      "my-amazonaws.com",
      "minio:9000",
    ])
      assert.equal(endpointOf(host), null);
  });
});

describe("a key id", () => {
  it("tells its kind and its account", () => {
    assert.equal(kindOfKey("ASIAQQABDYNN3KQ5JJVX"), "temporary");
    assert.equal(accountOfKey("ASIAY34FZKBOKMUTVV7A"), "609629065308");
    assert.equal(accountOfKey("AKIA"), null);
  });
  it("is a placeholder by its word, and no key is one", () => {
    assert.equal(placeholderKind("AKIAIOSFODNN7EXAMPLE"), "sample");
    assert.equal(placeholderKind("test"), "emulator");
    assert.equal(placeholderKind("${AWS_ACCESS_KEY_ID}"), "template");
    assert.equal(placeholderKind("***"), "masked");
    assert.equal(placeholderKind("AKIAY34FZKBOKMUTVV7A"), null);
    assert.equal(placeholderKind("7QWJ0Z8Y1K3M5N9PXABC"), null);
  });
});

describe("a session token", () => {
  it("of another system has no version and no damage", () =>
    assert.partialDeepStrictEqual(
      readSessionToken("eyJhbGciOiJIUzUxMiJ9.e30.x"),
      {
        version: null,
        damage: null,
        account: null,
      },
    ));
  it("in quotation marks is damaged", () =>
    assert.equal(
      readSessionToken('"IQoJb3JpZ2luX2VjEAAA"').damage,
      "quotation_marks",
    ));
});

describe("files and variables", () => {
  it("keep the blank behind a value apart from the value", () => {
    const section = readIniFile("[a]\r\n# c\r\nk = v \r\n  nested = 1\r\n").get(
      "a",
    );
    assert.equal(section?.settings.get("k")?.value, "v");
  });
  it("are read in the order of the SDKs, the section [profile x] as x", () => {
    const { all, profile, setting } = readConfiguration({
      environment: {
        AWS_ACCESS_KEY_ID: "AKIAA",
        AWS_DEFAULT_PROFILE: "x",
        AWS_PROFILE: "y",
      },
      credentialsFile: "[x]\naws_access_key_id=AKIAB\n",
      configFile: "[profile x]\nregion=eu-west-1\n",
    });
    assert.equal(profile, "y");
    assert.equal(setting("x", "region"), "eu-west-1");
    assert.deepEqual(
      all.map(({ place, keyId }) => [place, keyId?.value]),
      [
        ["environment", "AKIAA"],
        ["credentials_file", "AKIAB"],
      ],
    );
  });
});

describe("an answer", () => {
  for (const [form, response] of [
    [
      "XML",
      {
        body: "<Error><Code>ExpiredToken</Code><Message>a &lt; b</Message></Error>",
      },
    ],
    [
      "JSON",
      {
        body: '{"__type":"com.amazon.coral.service#ExpiredTokenException","message":"a < b"}',
      },
    ],
    [
      "a header",
      {
        headers: { "X-Amzn-ErrorType": "ExpiredTokenException:http://x" },
        body: '{"Message":"a < b"}',
      },
    ],
    [
      "HTML",
      {
        body: "<html><li>Code: ExpiredToken</li><li>Message: a &lt; b</li></html>",
      },
    ],
    [
      "a line of a tool",
      {
        body: "An error occurred (ExpiredToken) when calling the X operation: a < b",
      },
    ],
  ] as const)
    it(`in ${form}`, () =>
      assert.partialDeepStrictEqual(readErrorAnswer(response), {
        code: "ExpiredToken",
        message: "a < b",
      }));
});

describe("what is no request to AWS", () => {
  const bearer = { authorization: "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AA" };
  for (const [what, inquiry] of [
    [
      "a bearer token for another host",
      { request: { url: "https://api.example/x", headers: bearer } },
    ],
    [
      "a bearer token that API Gateway's authorizer refused",
      {
        request: {
          url: "https://a1.execute-api.eu-west-1.amazonaws.com/p/x",
          headers: bearer,
        },
        response: {
          status: 401,
          headers: { "x-amzn-requestid": "1" },
          body: '{"message":"Unauthorized"}',
        },
      },
    ],
    [
      "a request to Cognito",
      {
        request: {
          method: "POST",
          url: "https://cognito-idp.eu-west-1.amazonaws.com/",
          headers: {},
          body: "{}",
        },
        response: {
          status: 400,
          body: '{"__type":"NotAuthorizedException","message":"Access Token has expired"}',
        },
      },
    ],
    [
      "an answer of any server that says expired",
      {
        response: {
          status: 401,
          body: '{"message":"The provided token has expired."}',
        },
      },
    ],
    [
      "a token with a policy",
      {
        token: "eyJhbGciOiJSUzI1NiJ9.e30.AA",
        policy: { issuer: "https://id.example" },
      },
    ],
  ] as const)
    it(what, () => assert.equal(isForAws(inquiry as Inquiry), false));
});

describe("what is told of a request to AWS", () => {
  for (const { id, inquiry } of vectorsOf("aws.jsonl"))
    it(`${id}: no secret and no session token`, async () => {
      const told = JSON.stringify(await diagnose(readInquiry(inquiry)));
      const text = JSON.stringify(inquiry);
      const secrets = [
        inquiry.context?.aws?.["secretAccessKey"],
        ...text
          .matchAll(/aws_secret_access_key\s*=\s*([A-Za-z0-9/+]{39,40})/g)
          .map(([, secret]) => secret),
        ...text
          .matchAll(/(?:IQoJ|FwoG)[A-Za-z0-9/+]{60}/g)
          .map(([token]) => token),
        (
          inquiry.context?.aws?.["environment"] as
            Record<string, string> | undefined
        )?.["AWS_SECRET_ACCESS_KEY"],
      ];
      for (const secret of secrets)
        if (typeof secret === "string" && secret.length > 20)
          assert.ok(!told.includes(secret.slice(0, 40)), id);
    });
});

describe("a bearer token for what runs behind a host of AWS", () => {
  for (const [host, policy] of [
    ["ec2-1-2-3-4.eu-west-1.compute.amazonaws.com"],
    ["ec2-1-2-3-4.compute-1.amazonaws.com"],
    ["shop-1.us-east-1.elb.amazonaws.com"],
    ["shop-1.elb.us-east-1.amazonaws.com"],
    ["abc.lambda-url.us-east-1.on.aws"],
    ["vpce-1.execute-api.us-east-1.vpce.amazonaws.com"],
    ["search-d.eu-west-1.es.amazonaws.com", { issuer: "https://i.example" }],
  ] as const)
    it(host, () =>
      assert.equal(
        isForAws({
          request: {
            url: `https://${host}/orders`,
            headers: { authorization: "Bearer aaa.bbb.ccc" },
          },
          response: {
            status: 401,
            body: "TokenError: the provided token has expired",
          },
          ...(policy && { policy }),
        }),
        false,
      ),
    );
});

describe("nothing is accepted that the service refuses", () => {
  const { inquiry } = vectorsOf("aws.jsonl").find(
    ({ id }) => id === "aws-other-1",
  ) as { inquiry: Inquiry };
  for (const status of [400, 403, 503])
    it(`status ${status} beside a right signature`, async () =>
      assert.partialDeepStrictEqual(
        await diagnose({
          ...inquiry,
          response: { status, body: "<Error><Code>Other</Code></Error>" },
        }),
        { outcome: "undecided", reason: null, token: { trusted: false } },
      ));
});

it("a query of many equal names costs little", async () => {
  await growsLinearly(async (names) => {
    const url = `https://sts.us-east-1.amazonaws.com/?${"a=b&".repeat(names)}`;
    await diagnose({ request: { url, headers: {} }, context: { aws: {} } });
  }, 15_000);
});

describe("a key id", () => {
  it("is shown only in the form of one: what stands there may be a secret", async () => {
    for (const secret of ["hunter2pass", "correct-horse-battery", "Zq81lmPx"]) {
      const diagnosis = await diagnose({
        now: "2026-03-04T10:20:30Z",
        request: {
          method: "GET",
          url: "https://sts.eu-west-1.amazonaws.com/",
          headers: {
            "x-amz-date": "20260304T102030Z",
            authorization: `AWS4-HMAC-SHA256 Credential=${secret}/20260304/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
          },
        },
        response: {
          status: 403,
          body: "<Error><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error>",
        },
      });
      assert.ok(!JSON.stringify(diagnosis).includes(secret), secret);
      assert.equal(diagnosis.outcome, "rejected");
    }
  });
});

describe("a time without a zone", () => {
  it("is refused in an inquiry: it would mean another moment on each machine", () => {
    for (const now of ["2026-03-04T10:20:30", "Wed Mar 04 2026 10:20:30", "3"])
      assert.throws(() => readInquiry({ now }), InquiryError, now);
    for (const now of [
      "2026-03-04",
      "2026-03-04T10:20Z",
      "2026-03-04T10:20:30.5+01:00",
    ])
      readInquiry({ now });
  });
  it("is UTC where a file or an answer has it", () => {
    assert.equal(utcMoment("2026-03-04 10:20:30"), 1_772_619_630);
    assert.equal(utcMoment("2026-03-04T10:20:30UTC"), 1_772_619_630);
    assert.equal(utcMoment("2026-03-04T11:20:30+01:00"), 1_772_619_630);
    assert.equal(utcMoment("Wed, 04 Mar 2026 10:20:30"), 1_772_619_630);
    assert.equal(utcMoment("soon"), null);
  });
});
