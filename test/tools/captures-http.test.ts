/** What curl, wget, HTTPie and the AWS CLI tell of their requests, as Debian has these tools. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  KEY_ID,
  SECRET,
  startLongTerm,
  type Running,
} from "../../packages/cli/test/aws-check/service.ts";
import {
  EXPIRED,
  folder,
  output,
  REFUSAL,
  startApi,
  type Listening,
} from "./loopback.ts";
import { assertExpired, assertLost, read, why } from "./reading.ts";

const BEARER = `Bearer ${EXPIRED}`;
const HEADER = `Authorization: ${BEARER}`;

describe("the output of", () => {
  let api: Listening;
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());
  const expired = async (text: string, form: string, body?: string) => {
    const reading = await read(text);
    assert.equal(reading.form, form);
    assertExpired(reading, `${api.url}/orders`, BEARER);
    assert.equal(reading.inquiry.response?.status, 401);
    assert.equal(reading.inquiry.response.body, REFUSAL);
    assert.equal(reading.inquiry.request?.body, body);
  };
  const lost = async (text: string) => {
    const reading = await read(text);
    assertLost(reading, `${api.url}/old`, `${api.byName}/orders`, EXPIRED);
    assert.equal(reading.position, "2 of 2");
  };

  it("curl -v", async () => {
    const text = await output("curl", [
      "-v",
      "-H",
      HEADER,
      `${api.url}/orders`,
    ]);
    await expired(text, "curl-output");
    assert.equal((await why(text)).reason, "expiration.expired");
  });

  it("curl -v, behind its command", async () => {
    const args = ["-sv", "-H", HEADER, "-d", "a=1", `${api.url}/orders`];
    const command = args.map((word) => `'${word}'`).join(" ");
    const text = `$ curl ${command}\n${await output("curl", args)}`;
    await expired(text, "curl-output", "a=1");
  });

  it("curl -vL, where a redirect to another host drops the header", async () => {
    await lost(await output("curl", ["-vL", "-H", HEADER, `${api.url}/old`]));
  });

  for (const trace of ["--trace-ascii", "--trace"])
    it(`curl ${trace}`, async () => {
      const args = [
        "-s",
        trace,
        "-",
        "--trace-time",
        "-H",
        HEADER,
        "-d",
        "a=1",
      ];
      const text = await output("curl", [...args, `${api.url}/orders`]);
      await expired(text, "curl-output", "a=1");
    });

  it("curl -i, which tells the answers alone", async () => {
    const text = await output("curl", ["-siL", "-H", HEADER, `${api.url}/old`]);
    const { form, inquiry, diagnosis, position } = await read(text);
    assert.equal(form, "http-response");
    assert.equal(position, "2 of 2");
    assert.equal(inquiry.request, undefined);
    assert.equal(inquiry.response?.body, REFUSAL);
    assert.equal(diagnosis.reason, "expiration.expired");
  });

  it("curl -f", async () => {
    const text = await output("curl", ["-sSf", `${api.url}/orders`]);
    const { form, inquiry } = await read(text);
    assert.equal(form, "tool-error");
    assert.equal(inquiry.response?.status, 401);
  });

  it("wget -d", async () => {
    const args = ["-d", "-O", "-", "--header", HEADER, `${api.url}/orders`];
    await expired(await output("wget", args), "http-exchange");
  });

  it("wget, and wget -S", async () => {
    const args = ["-O", "-", "--header", HEADER, `${api.url}/orders`];
    const plain = await read(await output("wget", args));
    assert.equal(plain.form, "tool-error");
    assert.equal(plain.inquiry.response?.status, 401);
    const shown = await read(await output("wget", ["-S", ...args]));
    assert.equal(shown.diagnosis.reason, "expiration.expired");
  });

  // A message does not tell its scheme, and HTTPie shows messages alone.
  const secure = (url: string): string => url.replace("http:", "https:");

  it("http -v, with colours and without", async () => {
    for (const pretty of ["none", "all"]) {
      const args = [
        "-v",
        "--ignore-stdin",
        "--pretty",
        pretty,
        "--style=monokai",
      ];
      const asked = [...args, `${api.url}/orders`, `Authorization:${BEARER}`];
      const reading = await read(await output("http", asked));
      assert.equal(reading.form, "http-exchange");
      assertExpired(reading, secure(`${api.url}/orders`), BEARER);
    }
  });

  it("http --all --follow, where a redirect to another host drops the header", async () => {
    const args = ["-v", "--all", "--follow", "--ignore-stdin"];
    const asked = [...args, `${api.url}/old`, `Authorization:${BEARER}`];
    const reading = await read(await output("http", asked));
    const to = `${api.byName}/orders`;
    assertLost(reading, secure(`${api.url}/old`), to, EXPIRED);
  });
});

describe("what AWS's tools write", () => {
  let service: Running;
  before(async () => {
    service = await startLongTerm();
  });
  after(() => service.stop());
  const aws = (args: readonly string[], secret = SECRET) =>
    output("aws", ["--endpoint-url", service.url, ...args], {
      env: {
        AWS_ACCESS_KEY_ID: KEY_ID,
        AWS_SECRET_ACCESS_KEY: secret,
        AWS_DEFAULT_REGION: "us-east-1",
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_MAX_ATTEMPTS: "1",
      },
    });

  it("aws --debug: the request and AWS's answer", async () => {
    const asked = ["--debug", "sts", "get-caller-identity"];
    const { form, inquiry, diagnosis } = await read(
      await aws(asked, "FAKEother"),
    );
    assert.equal(form, "aws-debug");
    assert.equal(inquiry.response?.status, 403);
    assert.match(
      inquiry.request?.body ?? "",
      /^Action=GetCallerIdentity&Version=2011-06-15$/,
    );
    assert.equal(diagnosis.reason, "signature.mismatch");
  });

  it("aws without --debug: AWS's sentence", async () => {
    const text = await aws(["sts", "get-caller-identity"], "FAKEother");
    const { form, diagnosis } = await read(text);
    assert.equal(form, "tool-error");
    assert.equal(diagnosis.reason, "signature.mismatch");
    assert.equal((await why(text)).reason, "signature.mismatch");
  });

  it("curl --aws-sigv4 -v", async () => {
    const args = ["-sv", "--aws-sigv4", "aws:amz:us-east-1:sts", "--user"];
    const form = ["-d", "Action=GetCallerIdentity&Version=2011-06-15"];
    const user = `${KEY_ID}:FAKEother`;
    const text = await output("curl", [...args, user, ...form, service.url]);
    const { inquiry, diagnosis } = await read(text);
    assert.match(inquiry.response?.body ?? "", /SignatureDoesNotMatch/);
    assert.equal(diagnosis.reason, "signature.mismatch");
  });

  it("aws configure: its two files", async () => {
    const set = (name: string, value: string) =>
      output("aws", ["configure", "set", name, value, "--profile", "dev"]);
    await set("aws_access_key_id", KEY_ID);
    await set("aws_secret_access_key", SECRET);
    await set("region", "eu-central-1");
    const file = (name: string): string =>
      readFileSync(join(folder, ".aws", name), "utf8");
    const credentials = await read(file("credentials"));
    assert.equal(credentials.form, "settings");
    assert.equal(
      credentials.inquiry.context?.aws?.["credentialsFile"],
      file("credentials"),
    );
    const config = await read(file("config"));
    assert.equal(config.inquiry.context?.aws?.["configFile"], file("config"));
  });
});
