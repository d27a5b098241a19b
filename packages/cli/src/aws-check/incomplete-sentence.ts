/** What is missing in a signature, as STS and IAM say it. */
import type { SeenRequest } from "./seen-request.ts";

export function incompleteSentence(seen: SeenRequest): string {
  if (seen.form === "query")
    return "The parameters of the signature in the query string are not complete.";
  const text = seen.header("authorization") ?? "";
  const missing = ["Credential", "Signature", "SignedHeaders"]
    .filter((name) => !text.includes(`${name}=`))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (!hasDate(seen))
    missing.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  return missing.length > 0
    ? missing.join(" ")
    : "The Authorization header is not of the form of AWS4-HMAC-SHA256.";
}

export const hasDate = (seen: SeenRequest): boolean =>
  seen.amzDate !== null || seen.header("date") !== null;
