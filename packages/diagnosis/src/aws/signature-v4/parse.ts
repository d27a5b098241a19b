import { meansVersion4, readAuthorization } from "./authorization.ts";
import { formFields, meansPolicy, readPolicyForm } from "./post-form.ts";
import { meansPresigned, readPresigned } from "./presigned.ts";
import type { Parsed, ParseProblem, WireRequest } from "./types.ts";
import { indexHeaders, targetOf } from "./wire.ts";

/** What the request says of its own signature; why that cannot be read; null: it is not signed with Version 4 at all. */
export function parseSigned(
  request: WireRequest,
): Parsed | ParseProblem | null {
  const headers = indexHeaders(request);
  const { query } = targetOf(request.url);
  const given = headers.get("authorization") ?? [];
  const isPresigned = query !== null && meansPresigned(query);
  const signed = given.filter(meansVersion4);
  if (!isPresigned && signed.length === 0) {
    const fields = formFields(request);
    return meansPolicy(fields) ? readPolicyForm(fields) : null;
  }
  // S3: "Only one auth mechanism allowed".
  if (isPresigned && given.some((value) => value.trim() !== ""))
    return {
      problem: "a signature in the URL and the header Authorization besides",
      part: "Authorization",
    };
  if (isPresigned) return readPresigned(query);
  if (given.length > 1)
    return {
      problem: "the header Authorization is there more than once",
      part: "Authorization",
    };
  return readAuthorization(signed[0] as string, headers);
}
