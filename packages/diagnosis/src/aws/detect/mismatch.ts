/** The signature does not come out: by computation where the secret is known, else by what can be seen. */
import type { AwsCase } from "../aws-case.ts";
import type { Verification } from "../signature.ts";
import type { ChunkFault, Difference } from "../signature-v4/index.ts";
import { traces } from "../proxy-traces.ts";
import { suspectBySight } from "./mismatch-seen.ts";

const REASON = ["signature.mismatch"] as const;

/** Answers that speak of the signature, or of nothing. Others are given before it is looked at, and are believed. */
const CONCERNED = new Set(["mismatch", "payload", "header_not_signed", null]);

export async function detectMismatch(
  seen: AwsCase,
  verification: Verification,
): Promise<void> {
  const { meaning, refused } = seen;
  if (!CONCERNED.has(meaning)) return;
  const said = refused && meaning !== null;
  // The answer may also be of a kind that says nothing of the signature.
  const { outcome } = verification;
  if (verification.outcome === "chunks")
    return byChunks(seen, verification.fault);
  if (!refused && outcome !== "failed") return;
  if (seen.found("audience.mismatch") && outcome !== "failed") return;
  if (
    outcome === "failed" ||
    outcome === "other_secret" ||
    outcome === "damaged"
  ) {
    if (!refused) return;
    mismatch(seen);
    byComputation(seen, verification);
    return;
  }
  if (outcome === "verified" && hostUnsigned(seen)) return;
  const seenBySight = await suspectBySight(seen, outcome === "verified");
  if (seenBySight || said) mismatch(seen);
}

/** Each chunk's signature covers the one before: the first that is wrong is where the body was changed. */
function byChunks(seen: AwsCase, { how, chunk }: ChunkFault): void {
  if (!seen.refused) return;
  mismatch(seen);
  seen.suspect(
    "aws.payload_mismatch",
    // Of what is not built in chunks, somebody may have written down only the content.
    how === "chunk" || how === "trailer" ? "certain" : "likely",
    { how, chunk },
    REASON,
    6,
  );
}

/** AWS takes no signature that leaves out the host: it would hold for any. */
function hostUnsigned(seen: AwsCase): boolean {
  const { parsed, endpoint } = seen;
  if (
    !parsed ||
    parsed.form === "policy" ||
    !endpoint ||
    parsed.signedHeaders.some((name) => /^(?:host|:authority)$/i.test(name))
  )
    return false;
  mismatch(seen);
  seen.suspect(
    "aws.header_altered",
    "likely",
    { header: "host", how: "not_signed", traces: [] },
    REASON,
  );
  return true;
}

function mismatch(seen: AwsCase): void {
  seen.find("signature.mismatch", {
    alg: seen.parsed?.algorithm ?? "AWS4-HMAC-SHA256",
    kid: seen.keyId?.trim() ?? null,
    key: seen.keyId?.trim() ?? null,
  });
}

function byComputation(seen: AwsCase, verification: Verification): void {
  const keyId = seen.keyId?.trim() ?? null;
  if (verification.outcome === "damaged") {
    const { damage, length } = verification;
    seen.suspect(
      "aws.credential_damaged",
      "certain",
      { part: "secret", damage, length },
      REASON,
      5,
    );
  } else if (verification.outcome === "other_secret")
    seen.suspect(
      "aws.secret_wrong",
      "certain",
      { keyId, tried: true, sameText: false, verifiedBy: verification.by },
      REASON,
    );
  else if (verification.outcome === "failed" && verification.difference)
    byDifference(seen, verification.difference);
  else
    seen.suspect(
      "aws.secret_wrong",
      "likely",
      { keyId, tried: true, sameText: false, verifiedBy: null },
      REASON,
    );
}

function byDifference(
  seen: AwsCase,
  { kind, detail, expected, found }: Difference,
): void {
  const { host } = seen;
  if (kind === "secret_trimmed")
    seen.suspect(
      "aws.credential_damaged",
      "certain",
      { part: "secret", damage: damageNamed(detail), length: null },
      REASON,
    );
  else if (kind === "host")
    seen.suspect(
      "aws.host_rewritten",
      "certain",
      { signed: expected, found },
      REASON,
    );
  else if (kind === "header" || kind === "method")
    seen.suspect(
      "aws.header_altered",
      "certain",
      {
        header: kind === "method" ? null : headerName(seen, detail),
        how: "changed",
        traces: traces(seen),
      },
      REASON,
    );
  else if (kind === "payload")
    seen.suspect(
      "aws.payload_mismatch",
      "certain",
      { how: detail === "empty" ? "empty_signed" : "other", chunk: null },
      REASON,
    );
  else if (kind === "path_encoding" || kind === "query_encoding")
    seen.suspect(
      "aws.path_encoding",
      "certain",
      { part: kind === "path_encoding" ? "path" : "query" },
      REASON,
    );
  else if (kind === "region" || kind === "service")
    seen.suspect(
      kind === "region" ? "aws.region" : "aws.service",
      "certain",
      kind === "region"
        ? { found: expected, expected: found, host, missing: false }
        : { found: expected, expected: found, host },
      [...REASON, "audience.mismatch"],
    );
  else
    seen.suspect(
      "aws.header_malformed",
      "certain",
      { problem: "scope", part: "X-Amz-Date" },
      REASON,
    );
}

/** The header that the search names, if it is one of those that were signed. */
const headerName = (seen: AwsCase, detail: string): string | null =>
  seen.parsed?.signedHeaders.find((name) =>
    detail.toLowerCase().includes(name),
  ) ?? null;

function damageNamed(
  detail: string,
):
  | "quotation_marks"
  | "white_space"
  | "percent_encoding"
  | "length"
  | "comment"
  | "characters"
  | "blank_for_plus" {
  if (/quot/i.test(detail)) return "quotation_marks";
  if (/blank for plus/.test(detail)) return "blank_for_plus";
  if (/percent/.test(detail)) return "percent_encoding";
  if (/line|blank|space|tab|return/i.test(detail)) return "white_space";
  if (/what follows a sign/.test(detail)) return "comment";
  return /character|follows|before/.test(detail) ? "length" : "characters";
}
