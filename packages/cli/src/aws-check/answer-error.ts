/** Writes a refusal in the language of the service. */
import { commonHeaders, escapeXml, type Answer } from "./answer.ts";
import type { AwsError } from "./aws-error.ts";
import type { Protocol } from "./protocol.ts";

export function answerError(
  protocol: Protocol,
  { status, code, message, fields = {} }: AwsError,
  now: number,
  id: string,
): Answer {
  const xml = (body: string, more: Record<string, string> = {}): Answer => ({
    status,
    headers: {
      ...commonHeaders(now, id),
      ...more,
      "content-type": protocol === "query" ? "text/xml" : "application/xml",
    },
    body,
  });
  const inner = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  switch (protocol) {
    case "s3":
      return xml(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}${elements(fields)}<RequestId>${id}</RequestId><HostId>assay-aws-check</HostId></Error>`,
        {
          "x-amz-request-id": id,
          "x-amz-id-2": "assay-aws-check",
          ...(fields["Region"] !== undefined && {
            "x-amz-bucket-region": fields["Region"],
          }),
        },
      );
    case "query":
      return xml(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>${inner}</Error><RequestId>${id}</RequestId></ErrorResponse>`,
      );
    case "ec2":
      return xml(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${inner}</Error></Errors><RequestID>${id}</RequestID></Response>`,
      );
    case "json":
      return {
        status,
        headers: {
          ...commonHeaders(now, id),
          "content-type": "application/x-amz-json-1.0",
        },
        body: JSON.stringify({
          __type: `com.amazon.coral.service#${code}`,
          message,
        }),
      };
    case "rest-json":
      return {
        status,
        headers: {
          ...commonHeaders(now, id),
          "content-type": "application/json",
          "x-amzn-errortype": code,
        },
        body: JSON.stringify({ message }),
      };
  }
}

const elements = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");
