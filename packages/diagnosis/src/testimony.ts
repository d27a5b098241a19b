/**
 * Witnesses for what the policy does not let us judge: the server's answer, published metadata, the history. A computation is never
 * contradicted: a step that was judged stays as it is, but for what only the server can know.
 */
import {
  finding,
  isUndecided,
  stepOf,
  type Examination,
  type Finding,
  type Reason,
  type StepReport,
} from "@assay/token";
import type { Inquiry } from "./inquiry.ts";
import { readStatement, type Statement } from "./testimony-answer.ts";
import { findingOf } from "./testimony-evidence.ts";
import { assertionReplayed, opaqueEndings } from "./testimony-history.ts";
import { metadataDisagrees, publishedIssuer } from "./testimony-metadata.ts";
import { saysTooLarge } from "./testimony-size.ts";

/** Only the server knows that it wants another proof, another sign-in or another legal typ, whatever the token says. */
const SERVERS_OWN: readonly Reason[] = [
  "format.type",
  "binding.nonce",
  "scope.authentication",
  "scope.insufficient",
];

export function hearAnswer(
  inquiry: Inquiry,
  examination: Examination,
  now: number,
): readonly StepReport[] {
  const alone = inquiry.token === undefined && !inquiry.request;
  const statement = readStatement(inquiry.response, { alone });
  if (alone) return answerAlone(inquiry, examination, statement, now);
  const replayed = assertionReplayed(inquiry, examination, now);
  let steps = addAll(examination.steps, [
    ...tooLarge(inquiry, examination),
    ...opaqueEndings(inquiry, examination, now),
    ...(replayed ? [replayed] : []),
  ]);
  const metadata = metadataDisagrees(inquiry, examination);
  if (metadata && isOpen(steps, metadata.reason))
    steps = addAll(steps, [metadata]);
  const said =
    statement && believed(steps, statement, inquiry)
      ? findingOf(
          statement,
          { header: {}, claims: {}, ...examination.unverified, now } as never,
          inquiry,
        )
      : null;
  return said ? addAll(steps, [withPublished(said, inquiry)]) : steps;
}

/** The message leaves everything open: as where keys are not known, nothing can be told. A fixed phrase. */
const NOTHING_KNOWN = finding("signature.keys_unavailable", {
  source: null,
  problem: "the server's words leave open which check refused",
});

/** Nothing is known but the answer: what it states is all that can be said. */
function answerAlone(
  inquiry: Inquiry,
  { steps }: Examination,
  statement: Statement | null,
  now: number,
): readonly StepReport[] {
  const said =
    statement?.message?.open && statement.reason !== "request.token_missing"
      ? NOTHING_KNOWN
      : statement &&
        findingOf(statement, { header: {}, claims: {}, now }, inquiry);
  if (!said || said.reason === "request.token_missing") return steps;
  const unknown = steps.map(({ step }): StepReport => ({
    step,
    outcome: "skipped",
    because: "neither the token nor the request is known",
  }));
  return addAll(unknown, [said]);
}

function tooLarge(
  inquiry: Inquiry,
  { token }: Examination,
): readonly Finding[] {
  if (!saysTooLarge(inquiry)) return [];
  return [
    finding("format.too_large", {
      what: "token",
      limit: null,
      found: token?.length ?? 0,
    }),
  ];
}

/** Whether the statement fills a gap: its step was not asked for or lacked knowledge, or only the server can know. */
function believed(
  steps: readonly StepReport[],
  { reason, challenge }: Statement,
  { policy }: Inquiry,
): boolean {
  // Of a token that is at hand, its form has been judged.
  if (reason.startsWith("format.") && !SERVERS_OWN.includes(reason))
    return false;
  const nothingFailed = steps.every(({ outcome }) => outcome !== "failed");
  // Beside scopes that were compared, only others that the server names are news; an audience that is waived is not judged.
  if (
    reason === "scope.insufficient" &&
    policy?.scopes !== undefined &&
    !challenge.has("scope")
  )
    return false;
  if (
    stepOf(reason) === "audience" &&
    reason !== "audience.party_mismatch" &&
    policy?.audience === null
  )
    return false;
  if (stepOf(reason) === "issuer" && policy?.issuer === null) return false;
  if (SERVERS_OWN.includes(reason))
    return steps.some(
      ({ step, outcome }) =>
        step === stepOf(reason) &&
        (outcome === "passed" || outcome === "skipped"),
    );
  // That the token was revoked, or never arrived, is said of one that is good in all that we can see.
  if (stepOf(reason) === "revocation" || reason === "request.token_missing")
    return nothingFailed;
  return isOpen(steps, reason);
}

/** The step was skipped because nobody asked for it, or is undecided because the keys are not known; an outage stays one. */
function isOpen(steps: readonly StepReport[], reason: Reason): boolean {
  const report = steps.find(({ step }) => step === stepOf(reason));
  if (report?.outcome === "skipped") return "because" in report;
  return (
    report?.outcome === "undecided" &&
    report.findings.every(
      (found) =>
        found.reason === "signature.keys_unavailable" &&
        found.evidence.source === null,
    )
  );
}

/** The answer names what it found; what it wanted stands in the metadata. */
function withPublished(said: Finding, inquiry: Inquiry): Finding {
  const issuer = publishedIssuer(inquiry);
  if (
    said.reason !== "issuer.mismatch" ||
    said.evidence.expected.length > 0 ||
    issuer === null
  )
    return said;
  return finding("issuer.mismatch", { ...said.evidence, expected: [issuer] });
}

function addAll(
  steps: readonly StepReport[],
  findings: readonly Finding[],
): readonly StepReport[] {
  return findings.reduce(
    (reports, found) =>
      reports.map((report) =>
        report.step === stepOf(found.reason) ? added(report, found) : report,
      ),
    steps,
  );
}

/** A step with one finding more. What was undecided for want of knowledge gives way to what a witness knows. */
function added(report: StepReport, found: Finding): StepReport {
  const { step } = report;
  const others =
    "findings" in report
      ? report.findings.filter(
          ({ reason }) => reason !== found.reason && !isUndecided(reason),
        )
      : [];
  return {
    step,
    outcome: isUndecided(found.reason) ? "undecided" : "failed",
    findings: [...others, found],
  };
}
