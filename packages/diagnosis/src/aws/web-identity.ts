/** AssumeRoleWithWebIdentity and AssumeRoleWithSAML: the token inside is judged as any other, by what STS and the role expect of it. */
import {
  finding,
  isUndecided,
  STEPS,
  stepOf,
  type Finding,
  type Reason,
  type StepReport,
} from "@assay/token";
import type { Diagnosis } from "../diagnosis.ts";
import type { Inquiry, InquiryPolicy } from "../inquiry.ts";
import type { Suspicion } from "../investigation.ts";
import type { Asked, Judgement } from "../judges.ts";
import type { AwsCase } from "./aws-case.ts";
import { partitionOfArn } from "./regions.ts";
import { isPodIdentity, POD_AUDIENCE, podToken } from "./pod-identity.ts";
import { isRefusal, OTHER_REFUSAL } from "./steps.ts";
import { statedFinding, type Claims } from "./identity-answer.ts";

export async function judgeWebIdentity(
  seen: AwsCase,
  diagnoseToken: Asked["diagnoseToken"],
): Promise<Judgement> {
  const isPod = isPodIdentity(seen.inquiry);
  const token = isPod
    ? podToken(seen.inquiry)
    : (seen.parameters.get("WebIdentityToken")?.[0] ?? null);
  const assertion = seen.parameters.get("SAMLAssertion")?.[0] ?? null;
  const inner =
    token === null
      ? null
      : await diagnoseToken(
          innerInquiry(seen, token, isPod ? [POD_AUDIENCE] : STS),
        );
  const claims = (inner?.token.claims ?? {}) as Claims;
  const said = statedFinding(seen, claims, assertion);
  const steps = withFinding(inner?.steps ?? unknownSteps(), said);
  const failed = first(steps, "failed");
  const undecided = first(steps, "undecided");
  const reason = failed ?? undecided ?? null;
  const issuer = typeof claims.iss === "string" ? claims.iss : null;
  const subject = typeof claims.sub === "string" ? claims.sub : null;
  const refusedOtherwise = reason === null && isRefusal(seen);
  const computed =
    inner !== null &&
    failed !== null &&
    inner.reason === failed &&
    inner.outcome === "rejected" &&
    // Without a policy the audience is only the usual one.
    (failed !== "audience.mismatch" ||
      seen.inquiry.policy?.audience !== undefined);
  const suspicions: readonly Suspicion[] = [
    ...(failed === null
      ? []
      : [
          {
            cause: "aws.web_identity",
            confidence: computed ? "certain" : "likely",
            facts: {
              protocol: assertion === null ? "oidc" : "saml",
              reason: failed,
              issuer,
              subject,
            },
            explains: [failed],
            weight: 9,
          } as const,
        ]),
    ...(failed === null ? [] : otherPartition(seen, failed)),
    ...innerSuspicions(inner, reason),
    ...(failed === null && undecided !== null
      ? outage(seen, issuer, undecided, said)
      : []),
  ];
  return {
    outcome:
      failed !== null
        ? "rejected"
        : undecided !== null || refusedOtherwise
          ? "undecided"
          : "accepted",
    reason,
    steps,
    suspicions,
    needs: [
      ...(refusedOtherwise ? [OTHER_REFUSAL] : []),
      ...(inner?.needs ?? []),
    ],
    token: {
      header: inner?.token.header ?? null,
      claims: inner?.token.claims ?? null,
    },
  };
}

/** The role or the provider is of another partition than the endpoint that is to know it. */
function otherPartition(
  { endpoint, parameters }: AwsCase,
  reason: Reason,
): readonly Suspicion[] {
  const arn = [
    ...(parameters.get("PrincipalArn") ?? []),
    ...(parameters.get("RoleArn") ?? []),
  ][0];
  const expected = partitionOfArn(arn ?? "");
  if (!endpoint || expected === null || expected === endpoint.partition)
    return [];
  return [
    {
      cause: "aws.partition",
      confidence: "likely",
      facts: {
        found: endpoint.partition,
        expected,
        host: endpoint.host,
        by: "arn",
      },
      explains: [reason],
      weight: 10,
    },
  ];
}

/** Where a cluster or a workflow asks for AWS, the audience is that of STS (EKS user guide; configure-aws-credentials). */
const WORKLOADS =
  /^https:\/\/(?:oidc\.eks\.[\w.-]+|token\.actions\.githubusercontent\.com)(?:\/|$)/;
const STS = ["sts.amazonaws.com", "sts.amazonaws.com.cn"];

/** The keys are those that the issuer publishes; audience and issuer are expected as the caller's policy says, else as the answer does. */
function innerInquiry(
  { inquiry }: AwsCase,
  token: string,
  audience: readonly string[],
): Inquiry {
  const { context, now, policy, response } = inquiry;
  const issuer = issuerOf(token);
  const documents = context?.documents ?? {};
  const discovery =
    issuer === null
      ? null
      : `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const found = discovery === null ? undefined : documents[discovery];
  const jwksUri = jwksUriOf(found?.body) ?? (found ? discovery : null);
  const expected: InquiryPolicy = {
    kind: "any",
    audience:
      response === undefined && issuer !== null && WORKLOADS.test(issuer)
        ? [...audience]
        : null,
    ...(jwksUri !== null && { jwksUri }),
    ...policy,
  };
  return {
    token,
    policy: expected,
    ...(now !== undefined && { now }),
    context: {
      documents,
      ...(context?.previousKeys && { previousKeys: context.previousKeys }),
      ...(context?.cachedKeys && { cachedKeys: context.cachedKeys }),
      ...(context?.otherIssuers && { otherIssuers: context.otherIssuers }),
      ...(context?.clocks && { clocks: context.clocks }),
    },
  };
}

function issuerOf(token: string): string | null {
  try {
    const payload = (token.split(".", 3)[1] ?? "").slice(0, 60_000);
    const claims: unknown = JSON.parse(
      atob(payload.replaceAll("-", "+").replaceAll("_", "/")),
    );
    const { iss } = claims as { iss?: unknown };
    return typeof iss === "string" && iss.length < 500 ? iss : null;
  } catch {
    return null;
  }
}

function jwksUriOf(body: string | undefined): string | null {
  try {
    const { jwks_uri: uri } = JSON.parse(body ?? "") as { jwks_uri?: unknown };
    return typeof uri === "string" ? uri : null;
  } catch {
    return null;
  }
}

const first = (
  steps: readonly StepReport[],
  outcome: "failed" | "undecided",
): Reason | null => {
  const report = steps.find((step) => step.outcome === outcome);
  return report && "findings" in report
    ? (report.findings[0]?.reason ?? null)
    : null;
};

/** A finding that was computed stays first; what the answer states is added where the step did not fail. */
function withFinding(
  steps: readonly StepReport[],
  said: Finding | null,
): readonly StepReport[] {
  if (!said) return steps;
  return steps.map((report): StepReport =>
    report.step !== stepOf(said.reason) || report.outcome === "failed"
      ? report
      : {
          step: report.step,
          outcome: isUndecided(said.reason) ? "undecided" : "failed",
          findings: [said],
        },
  );
}

const unknownSteps = (): readonly StepReport[] =>
  STEPS.map((step): StepReport =>
    step === "signature"
      ? {
          step,
          outcome: "undecided",
          findings: [
            finding("signature.keys_unavailable", {
              source: null,
              problem: "the issuer's keys are not known",
            }),
          ],
        }
      : {
          step,
          outcome: "skipped",
          because: "neither the token nor the request is known",
        },
  );

/** What the judge of tokens has found behind the reason: told after the cause of AWS. */
function innerSuspicions(
  inner: Diagnosis | null,
  reason: Reason | null,
): readonly Suspicion[] {
  return (inner?.causes ?? []).map(
    ({ cause, confidence, facts }, at) =>
      ({
        cause,
        confidence,
        facts,
        explains: inner?.reason === reason && reason !== null ? [reason] : [],
        weight: -at,
      }) as Suspicion,
  );
}

/** Nobody's fault that could be named for sure: STS could not reach the issuer. */
function outage(
  seen: AwsCase,
  issuer: string | null,
  reason: Reason,
  said: Finding | null,
): readonly Suspicion[] {
  if (!said && seen.meaning !== "identity_token") return [];
  // A thumbprint in IAM is a setting; an address that cannot be reached is none.
  const isSetting = /thumbprint/i.test(seen.answer.message.slice(0, 1_000));
  return [
    {
      cause: "key.set_unreachable",
      confidence: "likely",
      facts: { url: issuer, error: "no connection" },
      explains: [reason],
      weight: 2,
    },
    {
      cause: "aws.web_identity",
      confidence: isSetting ? "likely" : "possible",
      facts: { protocol: "oidc", reason, issuer, subject: null },
      explains: [reason],
      weight: isSetting ? 3 : 0,
    },
  ];
}
