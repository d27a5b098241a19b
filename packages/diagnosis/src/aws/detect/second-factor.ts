/** A session that was opened without a second factor, at an API that needs one. */
import type { AwsCase } from "../aws-case.ts";
import type { AwsFacts } from "../facts.ts";
import { kindOfKey } from "../key-id.ts";

const REASON = ["scope.authentication"] as const;

export function detectSecondFactor(seen: AwsCase): void {
  if (!seen.refused) return;
  if (seen.meaning === "second_factor") {
    found(seen);
    seen.suspect(
      "aws.mfa_required",
      "likely",
      {
        by: /pass ?code|one time/i.test(seen.answer.message)
          ? faultOfCode(seen)
          : "policy",
      },
      REASON,
      6,
    );
    return;
  }
  if (
    seen.meaning === "denied" &&
    (deniesWithoutFactor(seen) || leavesOutFactor(seen))
  ) {
    found(seen);
    seen.suspect("aws.mfa_required", "likely", { by: "policy" }, REASON, 4);
    return;
  }
  // IAM user guide, GetSessionToken: "You cannot call any IAM API operations unless MFA authentication information is included".
  if (seen.meaning !== "key_unknown" || seen.found("signature.key_not_found"))
    return;
  if (kindOfKey(seen.keyId ?? "") !== "temporary") return;
  if (seen.sessionTokens.length !== 1 || seen.findings.length > 0) return;
  if (seen.endpoint?.service !== "iam") return;
  const identity = callerIdentity(seen);
  // A session of a role has no such limit.
  if (identity !== null && !/:user\//.test(identity)) return;
  if (identity === null && assumesRole(seen)) return;
  found(seen);
  seen.suspect(
    "aws.mfa_required",
    "likely",
    { by: identity === null ? "identity_and_access" : "caller_identity" },
    REASON,
    5,
  );
}

function found(seen: AwsCase): void {
  seen.find("scope.authentication", {
    needed: "a session with a second factor",
    found: null,
  });
}

/** STS speaks of the code as well when none came; whether one came only the request tells. */
function faultOfCode({
  answer,
  parameters,
}: AwsCase): AwsFacts["aws.mfa_required"]["by"] {
  if (!/must provide both/i.test(answer.message)) return "code";
  const code = parameters.get("TokenCode")?.[0] ?? "";
  const serial = parameters.get("SerialNumber")?.[0] ?? "";
  if (!parameters.has("Action")) return "incomplete";
  if (code === "") return "code_missing";
  return serial === "" ? "serial_missing" : "code";
}

/** The ARN by which STS knows the session, if somebody asked. */
function callerIdentity({ inquiry }: AwsCase): string | null {
  for (const [url, { body = "", status = 200 }] of Object.entries(
    inquiry.context?.documents ?? {},
  )) {
    if (
      status !== 200 ||
      !/sts[.-]|GetCallerIdentity/i.test(url + body.slice(0, 200))
    )
      continue;
    const arn = /arn:[\w-]{3,12}:(?:iam|sts)::\d{12}:[\w+=,.@/-]{1,200}/.exec(
      body.slice(0, 8_000),
    );
    if (arn) return arn[0];
  }
  return null;
}

function assumesRole({ configuration }: AwsCase): boolean {
  return (
    configuration.setting(configuration.profile, "role_arn") !== null ||
    configuration.environment.has("AWS_ROLE_ARN") ||
    [...configuration.environment.keys()].some((name) =>
      /^AWS_(?:LAMBDA|CONTAINER|EXECUTION)/.test(name),
    )
  );
}

/** The profile names the device for this very role, and the call that takes the role carries no code. */
function leavesOutFactor({ configuration, parameters }: AwsCase): boolean {
  const role = parameters.get("RoleArn")?.[0];
  return (
    parameters.get("Action")?.[0] === "AssumeRole" &&
    !parameters.has("TokenCode") &&
    configuration.setting(configuration.profile, "role_arn") === role &&
    configuration.setting(configuration.profile, "mfa_serial") !== null
  );
}

/** The policy or document that refuses is known, and names the condition. */
const deniesWithoutFactor = ({ inquiry }: AwsCase): boolean =>
  Object.values(inquiry.context?.documents ?? {}).some(({ body = "" }) =>
    /MultiFactorAuth(?:Present|Age)/.test(body),
  );
