/**
 * "Revoke active sessions" puts the policy AWSRevokeOlderSessions on a role: whatever was issued before a moment is denied everything (IAM
 * user guide, "Revoke IAM role temporary security credentials").
 */
import type { AwsCase } from "../aws-case.ts";
import { kindOfKey } from "../key-id.ts";
import { utcMoment } from "../moment.ts";
import { readSessionToken } from "../session-token.ts";

const REASON = ["revocation.subject"] as const;
const NAME = "AWSRevokeOlderSessions";

export function detectRevokedSessions(seen: AwsCase): void {
  if (!seen.refused || seen.meaning !== "denied" || seen.findings.length > 0)
    return;
  const said = seen.answer.message.slice(0, 2_000);
  const policy = documentWithLimit(seen);
  if (!said.includes(NAME) && policy === null) return;
  if (kindOfKey(seen.keyId ?? "ASIA") === "long_term") return;
  const before = policy === null ? null : limitIn(policy);
  const { issuedAt } = readSessionToken(seen.sessionTokens[0] ?? "");
  // The session began after the moment: something else denies it.
  if (before !== null && issuedAt !== null && issuedAt >= before) return;
  const at = before === null ? null : new Date(before * 1000).toISOString();
  const facts = { at, event: "subject.tokens_revoked_before", by: NAME };
  seen.find("revocation.subject", facts);
  seen.suspect("revoked.not_before", "likely", facts, REASON, 5);
}

const documentWithLimit = ({ inquiry }: AwsCase): string | null =>
  Object.values(inquiry.context?.documents ?? {})
    .map(({ body = "" }) => body.slice(0, 64_000))
    .find((body) => body.includes(NAME) || /aws:TokenIssueTime/i.test(body)) ??
  null;

/** "DateLessThan": {"aws:TokenIssueTime": "2026-03-04T10:00:00Z"}, as JSON, or percent-encoded, as IAM answers. */
function limitIn(policy: string): number | null {
  const text = policy.includes("%22") ? decoded(policy) : policy;
  return utcMoment(
    /aws:TokenIssueTime\\?"\s*:\s*\[?\s*\\?"([^"\\]{10,40})/i.exec(text)?.[1],
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
