/** The credential of a signature: key id and scope, `AKID/YYYYMMDD/region/service/aws4_request`. */
import type { Parsed, ParseProblem } from "./types.ts";

export type Credential = Pick<
  Parsed,
  "accessKeyId" | "scopeDate" | "region" | "service"
>;

const problem = (text: string): ParseProblem => ({
  problem: text,
  part: "Credential",
});

/** `hasRegion`: SigV4A puts the regions into a header of their own, X-Amz-Region-Set. */
export function readCredential(
  text: string,
  hasRegion: boolean,
): Credential | ParseProblem {
  if (/%2f/i.test(text)) return problem("the credential is encoded twice");
  if (/\s/.test(text)) return problem("a blank stands in the credential");
  const parts = text.split("/");
  const scope = hasRegion ? 4 : 3;
  if (parts.length <= scope)
    return problem("the credential scope has too few parts");
  // A store of one's own may have slashes in its key ids: the scope is counted from the end.
  const accessKeyId = parts.slice(0, -scope).join("/");
  const [date, ...rest] = parts.slice(-scope) as [string, ...string[]];
  const region = hasRegion ? (rest.shift() as string) : null;
  const [service, terminator] = rest as [string, string];
  if (accessKeyId === "") return problem("the access key id is empty");
  if (!/^\d{8}$/.test(date))
    return problem("the date of the credential scope is not YYYYMMDD");
  if (region === "") return problem("the region is empty");
  if (service === "") return problem("the service is empty");
  if (terminator !== "aws4_request")
    return problem("the credential does not end in aws4_request");
  return { accessKeyId, scopeDate: date, region, service };
}
