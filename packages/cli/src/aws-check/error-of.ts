/** The name, status and sentence with which AWS refuses, by what is wrong and by the language of the service. */
import type { AwsError } from "./aws-error.ts";
import type { Refusal, Service } from "./decide.ts";
import { errorOfEc2 } from "./error-of-ec2.ts";
import { errorOfQuery } from "./error-of-query.ts";
import { errorOfS3 } from "./error-of-s3.ts";
import type { Protocol } from "./protocol.ts";
import type { SeenRequest } from "./seen-request.ts";

/** Services with JSON answers have names of their own for three, and Exception at the end. */
const JSON_NAMES: ReadonlyMap<string, string> = new Map([
  ["InvalidClientTokenId", "UnrecognizedClient"],
  ["SignatureDoesNotMatch", "InvalidSignature"],
  ["InvalidAction", "UnknownOperation"],
]);

/** `now` in milliseconds. */
export function errorOf(
  refusal: Refusal,
  protocol: Protocol,
  seen: SeenRequest,
  service: Service,
  now: number,
): AwsError {
  if (protocol === "s3") return errorOfS3(refusal, seen, service, now);
  if (protocol === "ec2") return errorOfEc2(refusal, seen, now);
  const error = errorOfQuery(refusal, seen, now);
  if (protocol === "query") return error;
  return {
    status: protocol === "json" ? 400 : 403,
    code: `${JSON_NAMES.get(error.code) ?? error.code}Exception`,
    message: error.message,
  };
}
