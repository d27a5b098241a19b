/** An upload form of S3: the policy that was signed has ended, or a field is not as it demands. */
import type { AwsCase } from "../aws-case.ts";
import { utcMoment } from "../moment.ts";
import { fieldFault, readUploadPolicy } from "../signature-v4/index.ts";
import { pathOf } from "../wire.ts";

/** An answer that speaks of something else is believed. */
const CONCERNED = new Set([
  null,
  "denied",
  "presigned_ended",
  "policy_condition",
]);

export function detectUploadForm(seen: AwsCase): void {
  if (!seen.refused || !CONCERNED.has(seen.meaning)) return;
  const { form, parsed } = seen;
  const policy =
    parsed?.policy === undefined ? null : readUploadPolicy(parsed.policy);
  if (!form || !policy) {
    if (seen.meaning === "policy_condition") bySaying(seen);
    return;
  }
  ended(seen, policy.expiration);
  const fault = fieldFault(policy, form, bucketOf(seen));
  if (fault)
    field(
      seen,
      fault.field,
      fault.expected === null || SHOWN.test(fault.field)
        ? (fault.expected ?? NOT_NAMED)
        : "…",
      fault.found,
    );
  else if (seen.meaning === "policy_condition") bySaying(seen);
}

function ended(seen: AwsCase, expiration: string | null): void {
  const end = utcMoment(expiration);
  const at = seen.serviceTime ?? seen.now;
  const said = seen.meaning === "presigned_ended";
  if (end === null || (end > at && !said)) return;
  const bySeconds = Math.max(0, at - end);
  seen.find("expiration.expired", {
    exp: end,
    now: at,
    bySeconds,
    toleranceSeconds: 0,
  });
  seen.suspect(
    "aws.presigned_expired",
    "likely",
    { lifetimeSeconds: null, end, bySeconds, tooLong: false, of: "form" },
    ["expiration.expired"],
    7,
  );
}

const BY_POLICY = "what the policy of the form allows";
const NOT_NAMED = "no field that the policy does not name";

/** Threat: a session token, or what the user typed, is the value of a field too. Only these are shown. */
const SHOWN =
  /^(?:acl|bucket|key|content-(?:type|disposition|encoding)|cache-control|success_action_\w+|x-amz-(?:algorithm|date|storage-class|server-side-encryption))$/;

function field(
  seen: AwsCase,
  name: string,
  expected: string | null,
  found: string | null,
): void {
  seen.find("audience.claim_mismatch", {
    claim: name,
    expected,
    found: found === null || SHOWN.test(name) ? found : "…",
  });
  seen.suspect(
    "aws.header_altered",
    "likely",
    { header: name, how: "form_field", traces: [] },
    ["audience.claim_mismatch"],
    5,
  );
}

/** "Invalid according to Policy: Policy Condition failed: ["eq", "$acl", "private"]", "… Extra input fields: x-amz-meta-tag". */
function bySaying(seen: AwsCase): void {
  const said = seen.answer.message.slice(0, 1_000);
  const name =
    /"\$([\w-]{1,80})"/.exec(said)?.[1] ??
    /Extra input fields: ?([\w-]{1,80})/i.exec(said)?.[1] ??
    /content-length-range/.exec(said)?.[0];
  field(seen, (name ?? "policy").toLowerCase(), BY_POLICY, null);
}

/** The first word of the host, or of the path where the host is that of the service. */
function bucketOf({ endpoint, host, inquiry }: AwsCase): string | null {
  if (endpoint?.service !== "s3" || host === null) return null;
  const before = /^(.{3,63}?)\.s3[.-]/.exec(host.toLowerCase())?.[1];
  return (
    before ??
    /^\/([^/]{3,63})/.exec(pathOf(inquiry.request?.url ?? ""))?.[1] ??
    null
  );
}
