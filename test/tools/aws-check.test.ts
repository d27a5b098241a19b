/** `assay aws-check` under curl and the AWS CLI, as Debian has them. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  folder,
  KEY_ID,
  run,
  SECRET,
  startLongTerm,
  type Running,
} from "../../packages/cli/test/aws-check/service.ts";

/** At an endpoint of one's own the AWS CLI presigns with Version 2, unless it is told. */
const configFile = join(folder, "config");
writeFileSync(configFile, "[default]\ns3 =\n  signature_version = s3v4\n");

describe("aws-check under other tools", () => {
  let service: Running;
  before(async () => {
    service = await startLongTerm();
  });
  after(() => service.stop());

  it("curl --aws-sigv4", async () => {
    const curl = (secret: string, region = "us-east-1") =>
      run("curl", [
        "--silent",
        "--aws-sigv4",
        `aws:amz:${region}:sts`,
        "--user",
        `${KEY_ID}:${secret}`,
        "--data",
        "Action=GetCallerIdentity&Version=2011-06-15",
        service.url,
      ]);
    assert.match((await curl(SECRET)).stdout, /<Account>123456789012</);
    assert.match((await curl("FAKEother")).stdout, /SignatureDoesNotMatch/);
    assert.match(
      (await curl(SECRET, "eu-west-1")).stdout,
      /scoped to a valid region, not 'eu-west-1'/,
    );
    await service.says(/aws\.region/);
  });

  it("the AWS CLI", async () => {
    const identity = await aws(service.url, ["sts", "get-caller-identity"]);
    assert.match(identity.stdout, /"Account": "123456789012"/);
    const file = join(folder, "upload");
    writeFileSync(file, Buffer.alloc(100_000, 200));
    const upload = await aws(service.url, [
      "s3",
      "cp",
      file,
      "s3://bucket/a b.bin",
    ]);
    assert.equal(upload.status, 0, upload.stderr);
    const wrong = await aws(service.url, ["dynamodb", "list-tables"], {
      AWS_SECRET_ACCESS_KEY: "FAKEother",
    });
    assert.match(wrong.stderr, /InvalidSignatureException/);
    const token = await aws(service.url, ["sts", "get-caller-identity"], {
      AWS_SESSION_TOKEN: "FAKEtoken",
    });
    assert.match(token.stderr, /InvalidClientTokenId/);
    await service.says(/InvalidClientTokenId[^]*session_token_mixed/);
  });

  it("presigned URLs of the AWS CLI, until they end", async () => {
    const presign = async (url: string) =>
      (
        await aws(url, [
          "s3",
          "presign",
          "s3://bucket/a b",
          "--expires-in",
          "60",
        ])
      ).stdout.trim();
    const good = await fetch(await presign(service.url));
    assert.equal(good.status, 200, await good.text());
    await service.says(/accepted GET .*signed in the URL/);
    const later = await startLongTerm("--clock-offset=7200");
    const ended = await fetch(await presign(later.url));
    assert.equal(ended.status, 403);
    assert.match(await ended.text(), /Request has expired/);
    const text = await later.says(/aws\.presigned_expired/);
    assert.doesNotMatch(text, /X-Amz-Signature/);
    await later.stop();
  });
});

function aws(
  url: string,
  args: readonly string[],
  more: Record<string, string> = {},
): ReturnType<typeof run> {
  return run("aws", ["--endpoint-url", url, ...args], {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    AWS_ACCESS_KEY_ID: KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: configFile,
    ...more,
  });
}
