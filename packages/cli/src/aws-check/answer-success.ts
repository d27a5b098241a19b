/** The least with which an SDK is content. Nothing is kept: a put is forgotten, a list is empty. */
import { commonHeaders, escapeXml, type Answer } from "./answer.ts";
import type { Call } from "./protocol.ts";
import type { SeenRequest } from "./seen-request.ts";

/** The account of AWS's own examples. */
const ACCOUNT = "123456789012";
const S3_NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export function answerSuccess(
  { protocol, operation }: Call,
  seen: SeenRequest,
  now: number,
  id: string,
): Answer {
  const answer = (type: string, body: string): Answer => ({
    status: 200,
    headers: { ...commonHeaders(now, id), "content-type": type },
    body,
  });
  switch (protocol) {
    case "s3":
      return ofS3(seen, now, id);
    case "query":
      return answer(
        "text/xml",
        `<${operation}Response xmlns="${namespaceOf(seen.scope?.service)}"><${operation}Result>${resultOf(operation)}</${operation}Result><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${operation}Response>`,
      );
    case "ec2":
      return answer(
        "text/xml",
        `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>${id}</requestId></${operation}Response>`,
      );
    case "json":
      return answer(
        seen.header("content-type") === "application/x-amz-json-1.1"
          ? "application/x-amz-json-1.1"
          : "application/x-amz-json-1.0",
        operation === "ListTables" ? '{"TableNames":[]}' : "{}",
      );
    case "rest-json":
      return answer("application/json", "{}");
  }
}

const namespaceOf = (service: string | undefined): string =>
  service === "iam"
    ? "https://iam.amazonaws.com/doc/2010-05-08/"
    : "https://sts.amazonaws.com/doc/2011-06-15/";

const resultOf = (operation: string | null): string =>
  operation === "GetCallerIdentity"
    ? `<Arn>arn:aws:iam::${ACCOUNT}:user/assay-aws-check</Arn><UserId>AIDAFAKEASSAYAWSCHECK</UserId><Account>${ACCOUNT}</Account>`
    : operation === "ListUsers"
      ? "<IsTruncated>false</IsTruncated><Users/>"
      : "";

function ofS3(seen: SeenRequest, now: number, id: string): Answer {
  const { method, path, query, body } = seen;
  const [bucket = "", ...rest] = path.slice(1).split("/");
  const key = rest.join("/");
  const etag = `"${body.sha256.slice(0, 32)}"`;
  const answer = (
    text: string,
    headers: Record<string, string> = {},
    status = 200,
  ): Answer => ({
    status,
    headers: {
      ...commonHeaders(now, id),
      "x-amz-request-id": id,
      "x-amz-id-2": "assay-aws-check",
      ...headers,
    },
    body: text,
  });
  const xml = (name: string, inner: string): Answer =>
    answer(
      `<?xml version="1.0" encoding="UTF-8"?>\n<${name} ${S3_NAMESPACE}>${inner}</${name}>`,
      { "content-type": "application/xml" },
    );
  const name = `<Bucket>${escapeXml(bucket)}</Bucket><Key>${escapeXml(key)}</Key>`;
  if (method === "PUT") return answer("", { etag });
  if (method === "DELETE") return answer("", {}, 204);
  if (method === "POST" && query.has("uploads"))
    return xml(
      "InitiateMultipartUploadResult",
      `${name}<UploadId>assay-aws-check</UploadId>`,
    );
  if (method === "POST" && query.has("uploadId"))
    return xml(
      "CompleteMultipartUploadResult",
      `${name}<ETag>${escapeXml(etag)}</ETag>`,
    );
  if (method === "POST") return answer("");
  if (bucket === "")
    return xml(
      "ListAllMyBucketsResult",
      `<Owner><ID>${ACCOUNT}</ID></Owner><Buckets/>`,
    );
  if (key === "" && method === "GET")
    return xml(
      "ListBucketResult",
      `<Name>${escapeXml(bucket)}</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated>`,
    );
  return answer("assay aws-check accepted this request.\n", {
    "content-type": "text/plain",
    etag,
  });
}
