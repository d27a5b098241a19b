/** The errors of S3 and its kind: names of their own, and what was compared stands in the answer. */
import { cut, forbidden, TOO_LONG, type AwsError } from "./aws-error.ts";
import type { Refusal, Service } from "./decide.ts";
import type { SeenRequest } from "./seen-request.ts";
import { unsignedHeaders } from "./unsigned-headers.ts";
import { endOf, iso, LIMIT } from "./time-sentence.ts";

export function errorOfS3(
  refusal: Refusal,
  seen: SeenRequest,
  { region }: Service,
  now: number,
): AwsError {
  const keyId = cut(seen.scope?.keyId);
  const inQuery = seen.form === "query";
  const malformed = (
    problem: string,
    fields: Record<string, string> = {},
  ): AwsError => ({
    status: 400,
    code: inQuery
      ? "AuthorizationQueryParametersError"
      : "AuthorizationHeaderMalformed",
    message: inQuery
      ? `Error parsing the X-Amz-Credential parameter; ${problem}`
      : `The authorization header is malformed; ${problem}`,
    fields,
  });
  switch (refusal) {
    case "unsigned":
    case "not_here":
      return forbidden("AccessDenied", "Access Denied");
    case "version_2":
      return {
        status: 400,
        code: "InvalidRequest",
        message:
          "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
      };
    case "unreadable":
      return malformed(
        "the credential, the signed headers or the signature cannot be read.",
      );
    case "key":
      return {
        ...forbidden(
          "InvalidAccessKeyId",
          "The AWS Access Key Id you provided does not exist in our records.",
        ),
        fields: { AWSAccessKeyId: keyId },
      };
    case "session_token":
      return {
        status: 400,
        code: "InvalidToken",
        message: "The provided token is malformed or otherwise invalid.",
      };
    case "session_ended":
      return {
        status: 400,
        code: "ExpiredToken",
        message: "The provided token has expired.",
      };
    case "expired":
    case "not_yet":
      return {
        ...forbidden(
          "RequestTimeTooSkewed",
          "The difference between the request time and the current time is too large.",
        ),
        fields: {
          RequestTime: seen.amzDate ?? cut(seen.header("date")),
          ServerTime: iso(now),
          MaxAllowedSkewMilliseconds: String(LIMIT),
        },
      };
    case "presigned_ended":
      return {
        ...forbidden("AccessDenied", "Request has expired"),
        fields: {
          "X-Amz-Expires": cut(seen.query.get("X-Amz-Expires")),
          Expires: iso(endOf(seen)),
          ServerTime: iso(now),
        },
      };
    case "presigned_too_long":
      return {
        status: 400,
        code: "AuthorizationQueryParametersError",
        message: TOO_LONG,
      };
    case "region":
      return malformed(
        `the region '${cut(seen.scope?.region)}' is wrong; expecting '${region}'`,
        { Region: region },
      );
    case "scope_day":
      return malformed(
        `Invalid credential date "${seen.scope?.date}". This date is not the same as X-Amz-Date: "${seen.amzDate?.slice(0, 8)}".`,
      );
    case "header_not_signed":
      return {
        ...forbidden(
          "AccessDenied",
          "There were headers present in the request which were not signed",
        ),
        fields: { HeadersNotSigned: cut(unsignedHeaders(seen).join(", ")) },
      };
    case "signature":
      return {
        ...forbidden(
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        ),
        fields: { AWSAccessKeyId: keyId },
      };
    case "payload":
      return {
        status: 400,
        code: "XAmzContentSHA256Mismatch",
        message:
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
        fields: {
          ClientComputedContentSHA256: cut(seen.contentSha256),
          S3ComputedContentSHA256: seen.body.sha256,
        },
      };
  }
}
