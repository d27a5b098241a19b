/** The caller is known and may not do this: no fault of a key, a token or a signature. */
import type { AwsCase } from "../aws-case.ts";

export function detectRights(seen: AwsCase): void {
  if (seen.meaning !== "denied" || !seen.refused || seen.findings.length > 0)
    return;
  const needed =
    /perform: ?([\w-]{1,40}:[\w*]{1,80})/.exec(
      seen.answer.message.slice(0, 1_000),
    )?.[1] ?? "the action of this request";
  seen.find("scope.insufficient", {
    needed: [needed],
    found: [],
    lacking: [needed],
    shape: "string",
  });
  seen.suspect("scope.not_granted", "possible", { lacking: [needed] }, [
    "scope.insufficient",
  ]);
  if (/explicit deny/i.test(seen.answer.message))
    seen.suspect("aws.mfa_required", "possible", { by: "policy" }, [
      "scope.insufficient",
      "scope.authentication",
    ]);
}
