/** `assay aws-check` under the real SDKs: what they are answered, and what it says of each refusal. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Readable } from "node:stream";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { clients, named, own } from "./aws-check/clients.ts";
import {
  assertQuiet,
  SECRET,
  startLongTerm,
  startTemporary,
  TEMPORARY,
  TOKEN,
  type Running,
} from "./aws-check/service.ts";

describe("aws-check under the SDKs", () => {
  let service: Running;
  before(async () => {
    service = await startLongTerm();
  });
  after(async () => assert.equal(await service.stop(), 0));

  it("says which host is signed, and does not repeat a secret that was handed in", () => {
    assert.match(service.greeting, /host that a client signs is this endpoint/);
    assert.match(
      service.greeting,
      new RegExp(`127\\.0\\.0\\.1:${service.port}`),
    );
    assertQuiet(service.greeting);
  });

  it("accepts STS, S3 and DynamoDB", async () => {
    const { sts, s3, dynamo } = clients(service);
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(identity.Account, "123456789012");
    assert.deepEqual(
      (await dynamo.send(new ListTablesCommand({}))).TableNames,
      [],
    );
    assert.ok(await s3.send(new ListBucketsCommand({})));
    const text = await service.says(/accepted GET \/ s3/);
    assert.match(text, /accepted POST \/ sts us-east-1 GetCallerIdentity/);
    assert.match(text, /accepted POST \/ dynamodb us-east-1 ListTables/);
  });

  it("accepts S3 paths that are encoded, text, bytes and a large body", async () => {
    const { s3 } = clients(service);
    for (const [Key, Body] of [
      ["a b+c/ä.txt", "text"],
      ["bytes", Uint8Array.of(0, 255, 254, 128)],
      ["large", Buffer.alloc(9_000_000, 7)],
    ] as const)
      assert.match(
        (await s3.send(new PutObjectCommand({ Bucket: "b", Key, Body })))
          .ETag ?? "",
        /^"[0-9a-f]{32}"$/,
      );
    const got = await s3.send(
      new GetObjectCommand({ Bucket: "b", Key: "large" }),
    );
    assert.match((await got.Body?.transformToString()) ?? "", /accepted/);
    await service.says(/accepted GET \/b\/large/);
  });

  it("accepts a stream, which the SDK sends in chunks without signatures", async () => {
    const { s3 } = clients(service);
    const Body = Readable.from([Buffer.from("hay "), Buffer.from("bale")]);
    await s3.send(
      new PutObjectCommand({ Bucket: "b", Key: "s", Body, ContentLength: 8 }),
    );
    await service.says(/accepted PUT .* its chunks carry no signatures/);
  });

  it("refuses a wrong secret under each service's own name, and says so", async () => {
    const { sts, s3, dynamo } = clients(service, {
      ...own,
      secretAccessKey: "FAKEofAnotherKey",
    });
    await assert.rejects(
      sts.send(new GetCallerIdentityCommand({})),
      named("SignatureDoesNotMatch"),
    );
    await assert.rejects(
      s3.send(new ListBucketsCommand({})),
      named("SignatureDoesNotMatch"),
    );
    await assert.rejects(
      dynamo.send(new ListTablesCommand({})),
      named("InvalidSignatureException"),
    );
    const text = await service.says(
      /InvalidSignatureException[^]*secret_wrong/,
    );
    assert.match(text, /refused 403 SignatureDoesNotMatch GET \/ s3/);
    assert.equal(text.match(/aws\.secret_wrong/g)?.length, 3);
    assertQuiet(text);
  });

  it("refuses a key that it does not know", async () => {
    const { sts, s3, dynamo } = clients(service, {
      ...own,
      accessKeyId: "AKIAFAKEOTHEROTHEROT",
    });
    await assert.rejects(
      sts.send(new GetCallerIdentityCommand({})),
      named("InvalidClientTokenId"),
    );
    await assert.rejects(
      s3.send(new ListBucketsCommand({})),
      named("InvalidAccessKeyId"),
    );
    await assert.rejects(
      dynamo.send(new ListTablesCommand({})),
      named("UnrecognizedClientException"),
    );
    await service.says(/UnrecognizedClientException[^]*aws\.key_unknown/);
  });

  it("refuses another region, and says which it is", async () => {
    const { sts, s3, dynamo } = clients(service, own, "eu-west-1");
    await assert.rejects(
      sts.send(new GetCallerIdentityCommand({})),
      named("SignatureDoesNotMatch"),
    );
    await assert.rejects(
      s3.send(new ListBucketsCommand({})),
      named("AuthorizationHeaderMalformed"),
    );
    await assert.rejects(
      dynamo.send(new ListTablesCommand({})),
      named("InvalidSignatureException"),
    );
    const text = await service.says(/dynamodb[^]*aws\.region/);
    assert.equal(text.match(/aws\.region/g)?.length, 3);
    assert.match(text, /this service is of us-east-1/);
  });

  it("refuses a client whose clock is wrong; the SDK then takes the time from the answer", async () => {
    const { sts, s3, dynamo } = clients(service, own, "us-east-1", 3_600_000);
    await assert.rejects(
      sts.send(new GetCallerIdentityCommand({})),
      named("SignatureDoesNotMatch"),
    );
    await assert.rejects(
      s3.send(new ListBucketsCommand({})),
      named("RequestTimeTooSkewed"),
    );
    await assert.rejects(
      dynamo.send(new ListTablesCommand({})),
      named("InvalidSignatureException"),
    );
    const text = await service.says(/dynamodb[^]*aws\.clock_skew/);
    assert.equal(text.match(/aws\.clock_skew/g)?.length, 3);
    assert.ok(await sts.send(new GetCallerIdentityCommand({})));
    await service.says(/accepted POST \/ sts/);
  });
});

describe("aws-check with a temporary key", () => {
  it("accepts it with its session token only", async () => {
    const service = await startTemporary();
    const temporary = { accessKeyId: TEMPORARY, secretAccessKey: SECRET };
    const whole = clients(service, { ...temporary, sessionToken: TOKEN });
    assert.ok(await whole.sts.send(new GetCallerIdentityCommand({})));
    assert.ok(await whole.s3.send(new ListBucketsCommand({})));
    const { sts, s3, dynamo } = clients(service, temporary);
    await assert.rejects(
      sts.send(new GetCallerIdentityCommand({})),
      named("InvalidClientTokenId"),
    );
    await assert.rejects(
      s3.send(new ListBucketsCommand({})),
      named("InvalidAccessKeyId"),
    );
    await assert.rejects(
      dynamo.send(new ListTablesCommand({})),
      named("UnrecognizedClientException"),
    );
    const text = await service.says(/dynamodb[^]*session_token_missing/);
    assert.equal(text.match(/aws\.session_token_missing/g)?.length, 3);
    const other = clients(service, { ...temporary, sessionToken: "FAKEother" });
    await assert.rejects(
      other.s3.send(new ListBucketsCommand({})),
      named("InvalidToken"),
    );
    assertQuiet(text + (await service.says(/InvalidToken[^]*\n\n$/)));
    await service.stop();
  });

  it("refuses it after the end of the session", async () => {
    const service = await startTemporary("--session-lifetime", "0");
    const { sts, s3, dynamo } = clients(service, {
      accessKeyId: TEMPORARY,
      secretAccessKey: SECRET,
      sessionToken: TOKEN,
    });
    await assert.rejects(
      sts.send(new GetCallerIdentityCommand({})),
      named("ExpiredToken"),
    );
    await assert.rejects(
      s3.send(new ListBucketsCommand({})),
      named("ExpiredToken"),
    );
    await assert.rejects(
      dynamo.send(new ListTablesCommand({})),
      named("ExpiredTokenException"),
    );
    const text = await service.says(/dynamodb[^]*session_expired/);
    assertQuiet(text);
    await service.stop();
  });
});

describe("aws-check with a clock of its own", () => {
  it("finds requests too old", async () => {
    const service = await startLongTerm("--clock-offset=7200");
    assert.match(service.greeting, /off by 7200 seconds/);
    const { s3 } = clients(service);
    await assert.rejects(
      s3.send(new ListBucketsCommand({})),
      named("RequestTimeTooSkewed"),
    );
    await service.says(/RequestTimeTooSkewed[^]*expiration\.expired/);
    // By the Date of the answer.
    assert.ok(await s3.send(new ListBucketsCommand({})));
    await service.stop();
  });
});
