/** SigV4A names its regions in a header of their own, X-Amz-Region-Set, and not in the credential: `*`, names, and names with a star. */
import type { AwsCase } from "../aws-case.ts";
import { headersOf } from "../wire.ts";

const HEADER = "x-amz-region-set";

export function detectRegionSet(seen: AwsCase): void {
  const { parsed, endpoint, inquiry, parameters } = seen;
  if (!seen.refused || parsed?.algorithm !== "AWS4-ECDSA-P256-SHA256") return;
  const set =
    parsed.form === "query"
      ? (parameters.get("X-Amz-Region-Set")?.[0] ?? null)
      : (headersOf(inquiry.request, HEADER)[0] ?? null);
  if (set === null || set.trim() === "") return missing(seen);
  if (parsed.form === "header" && !parsed.signedHeaders.includes(HEADER))
    return notSigned(seen);
  const region = endpoint?.region ?? null;
  if (region === null || covers(set, region)) return;
  seen.find("audience.mismatch", { expected: [region], found: [set] });
  seen.suspect(
    "aws.region",
    "likely",
    { found: set, expected: region, host: seen.host, missing: false },
    ["audience.mismatch"],
    6,
  );
}

function missing(seen: AwsCase): void {
  seen.find("request.header_malformed", { words: 4 });
  seen.suspect(
    "aws.header_malformed",
    "likely",
    { problem: "part_missing", part: "X-Amz-Region-Set" },
    ["request.header_malformed"],
    5,
  );
}

function notSigned(seen: AwsCase): void {
  seen.find("signature.mismatch", {
    alg: "AWS4-ECDSA-P256-SHA256",
    kid: seen.keyId,
    key: seen.keyId,
  });
  seen.suspect(
    "aws.header_altered",
    "likely",
    { header: HEADER, how: "not_signed", traces: [] },
    ["signature.mismatch"],
    5,
  );
}

/** "us-east-1,eu-*" covers eu-west-1. */
function covers(set: string, region: string): boolean {
  return set
    .slice(0, 2_000)
    .split(",")
    .some((each) => {
      const [start = "", ...rest] = each.trim().toLowerCase().split("*");
      return rest.length === 0
        ? start === region
        : region.startsWith(start) && region.endsWith(rest.at(-1) ?? "");
    });
}
