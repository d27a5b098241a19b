/** One request to AWS under examination: what it says, what was answered, what is configured, and what was found so far. */
import {
  finding,
  type Evidence,
  type Finding,
  type Reason,
} from "@assay/token";
import type { CauseCode, Facts } from "../causes.ts";
import type { Confidence } from "../diagnosis.ts";
import type { Budget } from "../budget.ts";
import type { Inquiry } from "../inquiry.ts";
import type { Suspicion } from "../investigation.ts";
import type { Asked } from "../judges.ts";
import { meaningOf, type Meaning } from "./answer-meaning.ts";
import {
  readConfiguration,
  type Configuration,
  type Credentials,
} from "./credentials.ts";
import { endpointOf, type Endpoint } from "./endpoint.ts";
import { readErrorAnswer, type ErrorAnswer } from "./error-answer.ts";
import {
  formFields,
  meansPolicy,
  parseSigned,
  type FormFields,
  signatureVersion2,
  type Parsed,
  type ParseProblem,
  type WireRequest,
} from "./signature-v4/index.ts";
import { headersOf, hostOf, parametersOf, urlHost, wireOf } from "./wire.ts";

export interface AwsCase {
  readonly inquiry: Inquiry;
  /** Seconds since the epoch. */
  readonly now: number;
  readonly budget: Budget;
  readonly wire: WireRequest | null;
  readonly host: string | null;
  /** null: the host is none of AWS, or not known. */
  readonly endpoint: Endpoint | null;
  readonly parsed: Parsed | null;
  readonly problem: ParseProblem | null;
  /** The fields of an upload form, by their names in small letters; null: the body is none that is signed. */
  readonly form: FormFields | null;
  readonly oldSignature: "header" | "query" | null;
  /** Exactly as it stands in the request, white space included. */
  readonly keyId: string | null;
  /** As they stand in the request. Secret: not for facts. */
  readonly sessionTokens: readonly string[];
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly answer: ErrorAnswer;
  readonly meaning: Meaning | null;
  readonly configuration: Configuration;
  /** Where the key of the request stands in the configuration. */
  readonly own: readonly Credentials[];
  /** The service's clock when it got the request, seconds since the epoch; null: nobody knows. */
  readonly serviceTime: number | null;
  /** False when the service answered that all is well. */
  readonly refused: boolean;
  readonly findings: Finding[];
  readonly suspicions: Suspicion[];
  readonly needs: string[];
  found(reason: Reason): boolean;
  find<R extends Reason>(reason: R, evidence: Evidence[R]): void;
  suspect<C extends CauseCode>(
    cause: C,
    confidence: Confidence,
    facts: Facts[C],
    explains: readonly Reason[],
    weight?: number,
  ): void;
  wouldTell(need: string): void;
}

export function openCase({ inquiry, now, budget }: Asked): AwsCase {
  const { request, response, context = {} } = inquiry;
  const wire = request ? wireOf(request) : null;
  const configuration = readConfiguration(context.aws);
  const host = hostOf(request) ?? urlHost(configuration.endpoint ?? "");
  const read = wire ? parseSigned(wire) : null;
  const parsed = read && "signature" in read ? read : null;
  const fields = wire ? formFields(wire) : null;
  const form = meansPolicy(fields) ? fields : null;
  const parameters = parametersOf(request);
  const answer = readErrorAnswer(response);
  const meaning = meaningOf(answer);
  // Without a request: what a tool would sign with.
  const presumed = request ? null : presumedCredentials(configuration);
  const keyId =
    rawKeyId(wire, parameters) ??
    form?.get("x-amz-credential")?.replace(/\/.*$/s, "") ??
    answer.field("AWSAccessKeyId") ??
    presumed?.keyId?.value ??
    null;
  const findings: Finding[] = [];
  const suspicions: Suspicion[] = [];
  const needs: string[] = [];
  return {
    inquiry,
    now,
    budget,
    wire,
    host,
    endpoint: host === null ? null : endpointOf(host),
    parsed,
    problem: read && "problem" in read ? read : null,
    form,
    oldSignature: wire ? signatureVersion2(wire) : null,
    keyId,
    sessionTokens: presumed
      ? [presumed.sessionToken?.value].filter((text) => text !== undefined)
      : [
          ...sessionTokens(inquiry, parameters),
          ...[form?.get("x-amz-security-token")].filter(
            (text) => text !== undefined,
          ),
        ],
    parameters,
    answer,
    meaning,
    configuration,
    own: configuration.all.filter(
      (each) => keyId !== null && each.keyId?.value === keyId.trim(),
    ),
    serviceTime: serviceTime(inquiry, answer, meaning, now),
    refused:
      !response ||
      (answer.status ?? 400) >= 400 ||
      // S3 sends whoever asks in the wrong region to the right one.
      ((answer.status ?? 0) > 300 && answer.isAws && answer.status !== 304),
    findings,
    suspicions,
    needs,
    found: (reason) => findings.some((each) => each.reason === reason),
    find(reason, evidence) {
      if (!findings.some((each) => each.reason === reason))
        findings.push(finding(reason, evidence));
    },
    suspect(cause, confidence, facts, explains, weight = 0) {
      suspicions.push({
        cause,
        confidence,
        facts,
        explains,
        weight,
      } as Suspicion);
    },
    wouldTell(need) {
      if (!needs.includes(need)) needs.push(need);
    },
  };
}

/**
 * Variables go first in every SDK where no profile is named in the call; the role of a cluster's service account before the files in all but
 * JavaScript, where no profile is named at all.
 */
function presumedCredentials({
  all,
  environment,
  profile,
  profileNamed,
}: Configuration): Credentials | null {
  const inVariables = all.find((each) => each.place === "environment");
  if (inVariables) return inVariables;
  const hasRole =
    environment.has("AWS_WEB_IDENTITY_TOKEN_FILE") &&
    environment.has("AWS_ROLE_ARN");
  return hasRole && !profileNamed
    ? null
    : (all.find((each) => each.profile === profile) ?? null);
}

/** The text that stands where the key id belongs, whether or not the rest can be read. */
function rawKeyId(
  wire: WireRequest | null,
  parameters: ReadonlyMap<string, readonly string[]>,
): string | null {
  const old = parameters.get("AWSAccessKeyId")?.[0];
  const credential = parameters.get("X-Amz-Credential")?.[0];
  if (credential !== undefined) return credential.replace(/\/.*$/s, "");
  if (old !== undefined) return old;
  for (const [name, value] of wire?.headers ?? []) {
    if (name.toLowerCase() !== "authorization") continue;
    const found =
      /Credential\s*=([^/,]{0,200})/.exec(value)?.[1] ??
      /^\s*AWS\s+([^:]{1,200}):/.exec(value)?.[1];
    if (found !== undefined) return found.replace(/^ +/, "");
  }
  return null;
}

function sessionTokens(
  { request }: Inquiry,
  parameters: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return [
    ...headersOf(request, "x-amz-security-token"),
    ...[
      "X-Amz-Security-Token",
      "x-amz-security-token",
      "SecurityToken",
    ].flatMap((name) => parameters.get(name) ?? []),
  ];
}

/** Where the service has answered without a date, and not of time, the moment of the question is not that of the request. */
function serviceTime(
  { response, context }: Inquiry,
  answer: ErrorAnswer,
  meaning: Meaning | null,
  now: number,
): number | null {
  if (answer.date !== null) return answer.date;
  const clock = context?.clocks?.service ?? context?.clocks?.verifier;
  if (clock !== undefined) return Date.parse(clock) / 1000;
  return !response || meaning === "time" || meaning === "presigned_ended"
    ? now
    : null;
}
