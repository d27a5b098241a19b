/** Judges a request to AWS: what it says by itself, what its signature shows, what the answer states, and what lies behind it. */
import type { Finding, Reason, StepReport } from "@assay/token";
import type { Suspicion } from "../investigation.ts";
import type { Judge, Judgement } from "../judges.ts";
import { openCase, type AwsCase } from "./aws-case.ts";
import { detectBeforeSending } from "./detect/before-sending.ts";
import { detectElsewhere } from "./detect/elsewhere.ts";
import { detectHeader } from "./detect/header.ts";
import { detectKey } from "./detect/key.ts";
import { detectMismatch } from "./detect/mismatch.ts";
import { detectProfile } from "./detect/profile.ts";
import { detectRegionSet } from "./detect/region-set.ts";
import { detectRevokedSessions } from "./detect/revoked-sessions.ts";
import { detectRights } from "./detect/rights.ts";
import { detectScope } from "./detect/scope.ts";
import { detectSecondFactor } from "./detect/second-factor.ts";
import { detectSessionEnd } from "./detect/session-end.ts";
import { detectSessionToken } from "./detect/session-token.ts";
import { detectSignOn } from "./detect/single-sign-on.ts";
import { detectTime } from "./detect/time.ts";
import { detectUploadForm } from "./detect/upload-form.ts";
import { detectUnsigned } from "./detect/unsigned.ts";
import { shownId } from "./shown-id.ts";
import { isPodIdentity } from "./pod-identity.ts";
import { isAssumption, isForAws, isSignOnRequest } from "./recognise.ts";
import { verifyCase, type Verification } from "./signature.ts";
import { isRefusal, OTHER_REFUSAL, stepsOf } from "./steps.ts";
import { judgeWebIdentity } from "./web-identity.ts";

export const judgeAws: Judge = async (asked) => {
  if (!isForAws(asked.inquiry)) return null;
  const opened = openCase(asked);
  const verification = await verifyCase(opened);
  const seen = asOneMeaning(opened, verification);
  const assumes = isAssumption(asked.inquiry) || isPodIdentity(asked.inquiry);
  if (assumes && seen.meaning === "region_off") {
    detectElsewhere(seen);
    return conclude(seen, verification);
  }
  if (assumes || (!seen.wire && seen.meaning === "identity_token"))
    return judgeWebIdentity(seen, asked.diagnoseToken);
  const signOn = isSignOnRequest(asked.inquiry);
  if (signOn || seen.meaning === "sso") detectSignOn(seen);
  detectBeforeSending(seen);
  if (!signOn) {
    detectUnsigned(seen);
    detectHeader(seen);
    detectElsewhere(seen);
    detectSessionToken(seen);
    detectSecondFactor(seen);
    detectKey(seen);
    if (seen.form || seen.meaning === "policy_condition")
      detectUploadForm(seen);
    if (!seen.form) detectTime(seen);
    detectSessionEnd(seen);
    if (seen.meaning !== "sso") detectSignOn(seen);
    detectScope(seen);
    detectRegionSet(seen);
  }
  await detectMismatch(seen, verification);
  detectRevokedSessions(seen);
  detectRights(seen);
  detectProfile(seen);
  return conclude(seen, verification);
};

/** EC2 says AuthFailure of a key that it does not know and of a signature that is wrong: a computation tells them apart. */
function asOneMeaning(seen: AwsCase, { outcome }: Verification): AwsCase {
  const isWrong = outcome === "other_secret" || outcome === "damaged";
  return seen.answer.code === "AuthFailure" &&
    seen.meaning === "key_unknown" &&
    isWrong
    ? { ...seen, meaning: "mismatch" }
    : seen;
}

function conclude(seen: AwsCase, verification: Verification): Judgement {
  const steps = stepsOf(seen, verification.outcome === "verified");
  const failed = firstReason(steps, "failed");
  const undecided = firstReason(steps, "undecided");
  if (seen.budget.exhausted)
    seen.wouldTell(
      "not everything was tried: the input is too costly to go through",
    );
  if (failed === null && undecided !== null)
    seen.wouldTell(
      undecided === "signature.algorithm_unsupported"
        ? "only AWS can tell whether the signature is right: SigV4A signs with a pair of keys that is derived from the secret, which is not computed here"
        : "the secret of this key, at your own machine, would tell whether the signature is right",
    );
  if (failed !== null && seen.suspicions.length === 0) lastResort(seen, failed);
  const refusedOtherwise =
    failed === null && undecided === null && isRefusal(seen);
  if (refusedOtherwise) seen.wouldTell(OTHER_REFUSAL);
  return {
    outcome:
      failed !== null
        ? "rejected"
        : undecided !== null || refusedOtherwise
          ? "undecided"
          : "accepted",
    reason: failed ?? undecided,
    steps: steps.map(withoutStrangeIds),
    suspicions: seen.suspicions.map(withoutStrangeId),
    needs: seen.needs,
    token: { header: null, claims: null },
  };
}

const withoutStrangeId = (suspicion: Suspicion): Suspicion =>
  "keyId" in suspicion.facts
    ? ({
        ...suspicion,
        facts: {
          ...suspicion.facts,
          keyId: shownId(suspicion.facts.keyId),
          ...("inProfile" in suspicion.facts && {
            inProfile: shownId(suspicion.facts.inProfile),
          }),
        },
      } as Suspicion)
    : suspicion;

const withoutStrangeIds = (report: StepReport): StepReport =>
  "findings" in report
    ? {
        ...report,
        findings: report.findings.map((each) =>
          "kid" in each.evidence
            ? ({
                ...each,
                evidence: {
                  ...each.evidence,
                  kid: shownId(each.evidence.kid),
                  ...("key" in each.evidence && {
                    key: shownId(each.evidence.key),
                  }),
                },
              } as Finding)
            : each,
        ),
      }
    : report;

function firstReason(
  steps: readonly StepReport[],
  outcome: "failed" | "undecided",
): Reason | null {
  const report = steps.find((step) => step.outcome === outcome);
  return report && "findings" in report
    ? (report.findings[0]?.reason ?? null)
    : null;
}

/** Each rejection has a cause. */
function lastResort(seen: AwsCase, reason: Reason): void {
  seen.suspect(
    "aws.key_unknown",
    "possible",
    { keyId: seen.keyId, kind: "other", account: null, inactive: false },
    [reason],
  );
}
