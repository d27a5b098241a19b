/** The errors of EC2: one name for nearly everything, and one for time. */
import type { AwsError } from "./aws-error.ts";
import type { Refusal } from "./decide.ts";
import type { SeenRequest } from "./seen-request.ts";
import { errorOfQuery } from "./error-of-query.ts";

export function errorOfEc2(
  refusal: Refusal,
  seen: SeenRequest,
  now: number,
): AwsError {
  switch (refusal) {
    case "expired":
    case "not_yet":
    case "presigned_ended":
    case "session_ended":
      return { status: 400, code: "RequestExpired", message: timeOfEc2(seen) };
    case "key":
    case "session_token":
    case "header_not_signed":
    case "signature":
    case "payload":
    case "region":
    case "scope_day":
      return {
        status: 401,
        code: "AuthFailure",
        message: "AWS was not able to validate the provided access credentials",
      };
    case "not_here":
    case "unsigned":
    case "version_2":
    case "unreadable":
    case "presigned_too_long":
      return errorOfQuery(refusal, seen, now);
  }
}

const timeOfEc2 = ({ form }: SeenRequest): string =>
  form === "query"
    ? "Request has expired. Expiration date is in the past."
    : "Request has expired.";
