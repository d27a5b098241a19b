/** Decides on a request in the order in which AWS does: readable, key, session, time, scope, signature, body. */
import { diagnose, type Diagnosis } from "@assay/diagnosis";
import { hasDate } from "./incomplete-sentence.ts";
import type { Keys } from "./fake-keys.ts";
import { inquiryForJudge } from "./inquiry-of.ts";
import type { Call } from "./protocol.ts";
import type { SeenRequest } from "./seen-request.ts";
import { unsignedHeaders } from "./unsigned-headers.ts";

export interface Service {
  readonly keys: Keys;
  readonly region: string;
  /** Seconds since the epoch when the session ends; null: never. */
  readonly sessionEnds: number | null;
  /** The service's clock, in milliseconds. */
  readonly clock: () => number;
}

export const REFUSALS = [
  "not_here",
  "unsigned",
  "version_2",
  "unreadable",
  "key",
  "session_token",
  "session_ended",
  "expired",
  "not_yet",
  "presigned_ended",
  "presigned_too_long",
  "region",
  "scope_day",
  "header_not_signed",
  "signature",
  "payload",
] as const;

export type Refusal = (typeof REFUSALS)[number];

/** null: accepted. */
export async function decide(
  seen: SeenRequest,
  { operation }: Call,
  service: Service,
  now: number,
): Promise<Refusal | null> {
  const { scope, sessionToken } = seen;
  const { keys } = service;
  // They carry a token of another issuer where others are signed.
  if (operation?.startsWith("AssumeRoleWith")) return "not_here";
  if (!scope) {
    if (seen.meansVersion2) return "version_2";
    return seen.meansSigned ? "unreadable" : "unsigned";
  }
  if (scope.keyId !== keys.accessKeyId) return "key";
  if (sessionToken !== keys.sessionToken)
    return sessionToken === null ? "key" : "session_token";
  if (service.sessionEnds !== null && now / 1000 >= service.sessionEnds)
    return "session_ended";
  if (!hasDate(seen)) return "unreadable";
  const diagnosis = await diagnose(inquiryForJudge(seen, service, now));
  const found = new Set(reasonsOf(diagnosis));
  if (found.has("request.header_malformed")) return "unreadable";
  if (found.has("expiration.lifetime_too_long")) return "presigned_too_long";
  if (found.has("expiration.expired"))
    return seen.form === "query" ? "presigned_ended" : "expired";
  if (found.has("expiration.issued_in_future")) return "not_yet";
  if (scope.region !== service.region) return "region";
  if (seen.amzDate !== null && !seen.amzDate.startsWith(scope.date))
    return "scope_day";
  if (diagnosis.outcome !== "accepted") return "signature";
  if (unsignedHeaders(seen).length > 0) return "header_not_signed";
  return declaresAnother(seen) ? "payload" : null;
}

const reasonsOf = ({ steps }: Diagnosis): readonly string[] =>
  steps.flatMap((step) =>
    "findings" in step ? step.findings.map(({ reason }) => reason) : [],
  );

/** The judge was shown the declared hash where the body is long or for S3: whether it is that of the body is seen here. */
const declaresAnother = ({
  contentSha256,
  body,
  service,
}: SeenRequest): boolean =>
  (body.text === null || service?.startsWith("s3") === true) &&
  contentSha256 !== null &&
  /^[0-9a-f]{64}$/i.test(contentSha256) &&
  contentSha256.toLowerCase() !== body.sha256;
