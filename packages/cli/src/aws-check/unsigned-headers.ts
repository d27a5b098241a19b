/** Headers that a signature must cover and does not: AWS refuses them, although the signature comes out. */
import type { SeenRequest } from "./seen-request.ts";

/**
 * IAM guide, "Create a signed AWS API request": host always; S3 refuses any x-amz- header besides that was not signed. In small
 * letters.
 */
export function unsignedHeaders({
  signedHeaders,
  headers,
  service,
}: SeenRequest): readonly string[] {
  const signed = new Set(signedHeaders);
  const due = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter(
      (name) => name.startsWith("x-amz-") && service?.startsWith("s3") === true,
    );
  return ["host", ...due].filter((name) => !signed.has(name));
}
