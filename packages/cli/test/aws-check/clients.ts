/** Clients of the real SDK that are told of a refusal at once. */
import assert from "node:assert/strict";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { KEY_ID, SECRET, type Running } from "./service.ts";

export const own: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
} = { accessKeyId: KEY_ID, secretAccessKey: SECRET };

/** Clients of the SDK that do not try again, so that each refusal is said once. */
export function clients(
  { url }: Running,
  credentials: {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
  } = own,
  region = "us-east-1",
  clockOffset = 0,
): { sts: STSClient; s3: S3Client; dynamo: DynamoDBClient } {
  const options = {
    endpoint: url,
    region,
    credentials,
    maxAttempts: 1,
    systemClockOffset: clockOffset,
  };
  return {
    sts: new STSClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    dynamo: new DynamoDBClient(options),
  };
}

export const named =
  (name: string): ((error: unknown) => boolean) =>
  (error) => {
    assert.equal((error as Error).name, name);
    return true;
  };
