/** The errors of STS, IAM and others with XML answers; those with JSON answers say the same under other names. */
import { cut, forbidden, TOO_LONG, type AwsError } from "./aws-error.ts";
import type { Refusal } from "./decide.ts";
import type { SeenRequest } from "./seen-request.ts";
import { incompleteSentence } from "./incomplete-sentence.ts";
import { timeSentence } from "./time-sentence.ts";

const INVALID = "The security token included in the request is invalid.";
const MISSING = "Request is missing Authentication Token";
const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/** `now` in milliseconds. */
export function errorOfQuery(
  refusal: Refusal,
  seen: SeenRequest,
  now: number,
): AwsError {
  switch (refusal) {
    case "not_here":
      return {
        status: 400,
        code: "InvalidAction",
        message:
          "This test service checks signatures; AssumeRoleWithWebIdentity and AssumeRoleWithSAML carry none.",
      };
    case "unsigned":
      return forbidden("MissingAuthenticationToken", MISSING);
    case "version_2":
    case "unreadable":
      return {
        status: 400,
        code: "IncompleteSignature",
        message: incompleteSentence(seen),
      };
    case "key":
    case "session_token":
      return forbidden("InvalidClientTokenId", INVALID);
    case "session_ended":
      return forbidden(
        "ExpiredToken",
        "The security token included in the request is expired",
      );
    case "expired":
    case "presigned_ended":
    case "not_yet":
      return forbidden(
        "SignatureDoesNotMatch",
        timeSentence(refusal, seen, now),
      );
    case "presigned_too_long":
      return forbidden("SignatureDoesNotMatch", TOO_LONG);
    case "region":
      return forbidden(
        "SignatureDoesNotMatch",
        `Credential should be scoped to a valid region, not '${cut(seen.scope?.region)}'.`,
      );
    case "scope_day":
      return forbidden(
        "SignatureDoesNotMatch",
        `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${seen.scope?.date}' != '${seen.amzDate?.slice(0, 8)}', from '${seen.amzDate}'.`,
      );
    case "header_not_signed":
      return forbidden(
        "SignatureDoesNotMatch",
        "'Host' must be a 'SignedHeader' in the AWS Authorization.",
      );
    case "signature":
    case "payload":
      return forbidden("SignatureDoesNotMatch", MISMATCH);
  }
}
