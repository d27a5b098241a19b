/**
 * The session that the AWS CLI keeps for a profile, in ~/.aws/cli/cache. Threat: the file holds secret and session token; only the key id
 * and the end leave this file.
 */
import type { Document } from "@assay/diagnosis";
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import { readIfThere } from "./aws-files.ts";

/** A setting of the profile; null: it has none. */
type Setting = (name: string) => string | null;

/** A document of the form that STS answers, under the path of the file; none where there is no such session. */
export function readKeptSession(
  setting: Setting,
): Readonly<Record<string, Document>> {
  const name = ofRole(setting) ?? ofSignOn(setting);
  if (name === null) return {};
  // The tool names the file by this digest: it hides nothing and protects nothing.
  const digest = createHash("sha1").update(name).digest("hex");
  const path = join(homedir(), ".aws", "cli", "cache", `${digest}.json`);
  const kept = readAt(path);
  return kept === null
    ? {}
    : { [path]: { body: JSON.stringify({ Credentials: kept }) } };
}

function readAt(
  path: string,
): { readonly AccessKeyId: string; readonly Expiration: string } | null {
  try {
    const { Credentials = {} } = JSON.parse(
      readIfThere(path, "HOME") ?? "{}",
    ) as { Credentials?: { AccessKeyId?: unknown; Expiration?: unknown } };
    const { AccessKeyId, Expiration } = Credentials;
    return typeof AccessKeyId === "string" && typeof Expiration === "string"
      ? { AccessKeyId, Expiration }
      : null;
  } catch {
    // The cache only helps. What cannot be read says nothing.
    return null;
  }
}

/** What botocore's AssumeRole provider passes on, in the form of Python's json.dumps with sorted keys. */
function ofRole(setting: Setting): string | null {
  const arn = setting("role_arn");
  if (arn === null) return null;
  const seconds = setting("duration_seconds");
  const members = [
    ["DurationSeconds", seconds === null ? null : Number(seconds)],
    ["ExternalId", setting("external_id")],
    ["RoleArn", arn],
    ["RoleSessionName", setting("role_session_name")],
    ["SerialNumber", setting("mfa_serial")],
  ] as const;
  return `{${members
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `"${name}": ${JSON.stringify(value)}`)
    .join(", ")}}`;
}

/** Here without blanks, as its provider of single sign-on writes it. */
function ofSignOn(setting: Setting): string | null {
  const accountId = setting("sso_account_id");
  const roleName = setting("sso_role_name");
  if (accountId === null || roleName === null) return null;
  const session = setting("sso_session");
  return JSON.stringify(
    session === null
      ? { accountId, roleName, startUrl: setting("sso_start_url") }
      : { accountId, roleName, sessionName: session },
  );
}
