/** `assay aws-check` on the wire, and by its arguments. */
import assert from "node:assert/strict";
import { request as send } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { clients } from "./aws-check/clients.ts";
import {
  command,
  folder,
  KEY_ID,
  run,
  start,
  startLongTerm,
  TEMPORARY,
  type Running,
} from "./aws-check/service.ts";
import { exchange, inChunks, sign } from "./aws-check/wire.ts";

describe("aws-check on the wire", () => {
  let service: Running;
  before(async () => {
    service = await startLongTerm();
  });
  after(() => service.stop());

  it("refuses a body that is not the one that was signed", async () => {
    const form = "Action=GetCallerIdentity&Version=2011-06-15";
    const sts = sign(service, "sts", { body: form });
    const altered = await exchange(service, { ...sts, body: `${form}&A=1` });
    assert.equal(altered.status, 403);
    assert.match(altered.body, /<Code>SignatureDoesNotMatch<\/Code>/);
    assert.match(await service.says(/Evidence[^]*\n\n$/), /refused 403/);

    const put = sign(service, "s3", {
      method: "PUT",
      path: "/b/k",
      body: "one",
      declared: true,
    });
    assert.equal((await exchange(service, put)).status, 200);
    await service.says(/accepted PUT/);
    const other = await exchange(service, { ...put, body: "two" });
    assert.equal(other.status, 400);
    assert.match(other.body, /<Code>XAmzContentSHA256Mismatch<\/Code>/);
    assert.match(other.headers["x-amzn-requestid"] ?? "", /^[0-9a-f-]{36}$/);
    assert.ok(Date.parse(other.headers["date"] ?? "") > 0);
    await service.says(/XAmzContentSHA256Mismatch[^]*aws\.payload_mismatch/);
  });

  it("refuses headers that a signature must cover and does not", async () => {
    const get = sign(service, "s3", {
      method: "GET",
      path: "/b/k",
      body: "",
      declared: true,
    });
    const added = await exchange(service, {
      ...get,
      headers: { ...get.headers, "x-amz-acl": "private" },
    });
    assert.match(added.body, /<HeadersNotSigned>x-amz-acl</);
    await service.says(/AccessDenied[^]*aws\.header_altered/);
    const { "x-amz-date": _, ...dateless } = get.headers;
    const undated = await exchange(service, {
      method: "POST",
      path: "/",
      body: "Action=ListUsers",
      headers: {
        ...dateless,
        authorization: (get.headers["authorization"] ?? "").replace(
          "/s3/",
          "/iam/",
        ),
      },
    });
    assert.match(undated.body, /requires existence of either a 'X-Amz-Date'/);
    await service.says(/IncompleteSignature[^]*\n\n$/);
  });

  it("checks the signature of each chunk of an upload, and says which one is wrong", async () => {
    const declared = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    const put = sign(service, "s3", {
      method: "PUT",
      path: "/b/k",
      body: "",
      declared,
    });
    const whole = { ...put, body: inChunks(put, ["abc", "de", ""]) };
    assert.equal((await exchange(service, whole)).status, 200);
    await service.says(/accepted PUT .* the signatures of its chunks checked/);
    const changed = { ...whole, body: whole.body.replace("\r\nde", "\r\ndf") };
    const refused = await exchange(service, changed);
    assert.match(refused.body, /<Code>SignatureDoesNotMatch</);
    await service.says(
      /signature of chunk 2[^]*aws\.payload_mismatch|aws\.payload_mismatch[^]*signature of chunk 2/,
    );
    const binary = { ...put, body: Buffer.of(255, 0, 1) };
    assert.equal((await exchange(service, binary)).status, 200);
    await service.says(
      /accepted PUT .* the signatures of its chunks not checked/,
    );
  });

  it("takes binary bodies of other services by their hash", async () => {
    const binary = sign(service, "kinesis", { body: Buffer.of(255, 0, 1) });
    assert.equal((await exchange(service, binary)).status, 200);
    await service.says(/accepted POST \/ kinesis/);
    const other = await exchange(service, {
      ...binary,
      body: Buffer.of(255, 0, 2),
    });
    assert.match(
      other.headers["x-amzn-errortype"] ?? "",
      /InvalidSignatureException/,
    );
    await service.says(/refused 403[^]*\n\n$/);
  });

  it("refuses what is not signed, or not readably", async () => {
    const form = { method: "POST", path: "/", body: "Action=ListUsers" };
    const none = await exchange(service, { ...form, headers: {} });
    assert.match(none.body, /<Code>MissingAuthenticationToken<\/Code>/);
    await service.says(/request\.token_missing[^]*\n\n$/);
    const broken = await exchange(service, {
      ...form,
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${KEY_ID}` },
    });
    assert.match(broken.body, /<Code>IncompleteSignature<\/Code>/);
    await service.says(/request\.header_malformed[^]*\n\n$/);
    const dynamo = await exchange(service, {
      ...form,
      headers: { "x-amz-target": "DynamoDB_20120810.ListTables" },
    });
    assert.match(dynamo.body, /#MissingAuthenticationTokenException"/);
    await service.says(/MissingAuthenticationTokenException[^]*\n\n$/);
    const old = await exchange(service, {
      method: "GET",
      path: "/b/k",
      headers: { authorization: `AWS ${KEY_ID}:c2lnbmF0dXJl` },
    });
    assert.match(old.body, /Please use AWS4-HMAC-SHA256/);
    await service.says(/aws\.signature_version[^]*\n\n$/);
    const noKey = await exchange(service, {
      method: "GET",
      path: "/b/k",
      headers: {
        authorization:
          "AWS4-HMAC-SHA256 Credential=/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00",
      },
    });
    assert.match(noKey.body, /<Code>AuthorizationHeaderMalformed<\/Code>/);
    await service.says(/AuthorizationHeaderMalformed[^]*\n\n$/);
    const ec2 = sign(service, "ec2", {
      body: "Action=DescribeInstances",
      at: Date.now() - 3_600_000,
    });
    assert.match(
      (await exchange(service, ec2)).body,
      /<Response><Errors><Error><Code>RequestExpired</,
    );
    await service.says(/RequestExpired[^]*\n\n$/);
  });

  it("refuses other hosts and bodies that are too large, unread", async () => {
    const { status } = await exchange(service, {
      method: "GET",
      path: "/",
      headers: { host: "rebound.example" },
    });
    assert.equal(status, 421);
    const large = await exchange(service, {
      method: "PUT",
      path: "/b/k",
      headers: { "content-length": String(64 * 1024 * 1024 + 1) },
      unfinished: true,
    });
    assert.equal(large.status, 413);
    await service.says(/refused 413/);
  });

  it("keeps going when a client hangs up", async () => {
    await new Promise<void>((resolve) => {
      const request = send({
        port: service.port,
        host: "127.0.0.1",
        method: "PUT",
        headers: { "content-length": "100" },
      });
      request.on("error", () => resolve());
      request.write("abc", () => setTimeout(() => request.destroy(), 50));
      request.on("close", () => resolve());
    });
    const { sts } = clients(service);
    assert.ok(await sts.send(new GetCallerIdentityCommand({})));
  });
});

describe("aws-check by its arguments", () => {
  it("makes keys that say that they are fake", async () => {
    const service = await start("--session");
    const of = (name: string): string =>
      new RegExp(`^export ${name}=(.*)$`, "m").exec(service.greeting)?.[1] ??
      "";
    assert.match(of("AWS_ACCESS_KEY_ID"), /^ASIAFAKE[A-Z2-7]{12}$/);
    assert.match(of("AWS_SECRET_ACCESS_KEY"), /^FAKE[A-Za-z0-9+/]{36}$/);
    const { sts, s3 } = clients(service, {
      accessKeyId: of("AWS_ACCESS_KEY_ID"),
      secretAccessKey: of("AWS_SECRET_ACCESS_KEY"),
      sessionToken: of("AWS_SESSION_TOKEN"),
    });
    assert.ok(await sts.send(new GetCallerIdentityCommand({})));
    assert.ok(await s3.send(new ListBucketsCommand({})));
    await service.stop();
  });

  it("refuses what does not fit together", async () => {
    for (const [args, message] of [
      [["--access-key-id", TEMPORARY], /ASIA/],
      [["--access-key-id", KEY_ID, "--session"], /AKIA/],
      [["--session-lifetime", "5"], /--session/],
      [["--port", "99999"], /free port/],
      [["--region", "no region"], /eu-west-1/],
      [["--secret-access-key-file", join(folder, "none")], /ENOENT/],
    ] as const) {
      const { status, stderr } = await run(process.execPath, [
        command,
        "aws-check",
        ...args,
      ]);
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
  });
});
