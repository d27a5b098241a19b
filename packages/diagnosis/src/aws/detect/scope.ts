/** Region and service of the credential scope beside those of the endpoint. */
import type { AwsCase } from "../aws-case.ts";
import { headersOf } from "../wire.ts";
import { isRegion } from "../regions.ts";

/** Where the answer does not name what it expected. */
export const UNKNOWN_REGION = "the region of the endpoint";
const UNKNOWN_SERVICE = "the service of the endpoint";

export function detectScope(seen: AwsCase): void {
  if (!seen.refused) return;
  const { message } = seen.answer;
  const said = message.slice(0, 2_000);
  const scope = expectedScope(said);
  const open = seen.meaning === null || seen.meaning === "mismatch";
  const saysRegion =
    /valid region|region (?:'[^']{0,40}' )?is wrong|incorrect region/i.test(
      said,
    ) ||
    (scope?.region !== undefined && scope.region !== seen.parsed?.region);
  const saysService =
    /correct service|incorrect service/i.test(said) ||
    (scope?.service !== undefined && scope.service !== seen.parsed?.service);
  const found = seen.parsed?.region ?? saidFound(said);
  const region =
    saidRegion(seen, said) ??
    scope?.region ??
    seen.endpoint?.signingRegion ??
    null;
  if (
    saysRegion ||
    (open && differs(found, region) && !seen.found("signature.key_not_found"))
  )
    wrongRegion(seen, found, region);
  const service =
    saidService(said) ?? scope?.service ?? seen.endpoint?.signingName ?? null;
  const own = seen.parsed?.service ?? null;
  if (saysService || (open && differs(own, service) && seen.endpoint !== null))
    wrongService(seen, own, service);
}

const differs = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a !== b;

function wrongRegion(
  seen: AwsCase,
  found: string | null,
  expected: string | null,
): void {
  mismatch(seen, expected ?? UNKNOWN_REGION, found);
  seen.suspect(
    "aws.region",
    "likely",
    { found, expected, host: seen.host, missing: false },
    ["audience.mismatch", "signature.mismatch"],
    6,
  );
}

function wrongService(
  seen: AwsCase,
  found: string | null,
  expected: string | null,
): void {
  mismatch(seen, expected ?? UNKNOWN_SERVICE, found);
  seen.suspect(
    "aws.service",
    "likely",
    { found, expected, host: seen.host },
    ["audience.mismatch", "signature.mismatch"],
    5,
  );
}

function mismatch(seen: AwsCase, expected: string, found: string | null): void {
  seen.find("audience.mismatch", {
    expected: [expected],
    found: found === null ? [] : [found],
  });
}

/** Garage: "unexpected scope: 20260101/eu/s3/aws4_request, expected: 20260101/garage/s3/aws4_request". */
function expectedScope(
  said: string,
): { readonly region: string; readonly service: string } | null {
  const found =
    /expected:? [`'"]?\d{8}\/([\w-]{1,40})\/([\w-]{1,40})\/aws4_request/i.exec(
      said,
    );
  return found ? { region: found[1] ?? "", service: found[2] ?? "" } : null;
}

/** "the region 'x' is wrong; expecting 'y'", or the answer names the bucket's region beside. */
function saidRegion({ answer, inquiry }: AwsCase, said: string): string | null {
  const hint = headersOf(
    { headers: inquiry.response?.headers ?? {} },
    "x-amz-bucket-region",
  )[0];
  return (
    /region[^']{0,40}(?:'[^']{0,40}' is wrong)?[^']{0,20}expecting '([^']{1,40})'/i.exec(
      said,
    )?.[1] ??
    /valid region: '([^']{1,40})'/.exec(said)?.[1] ??
    answer.field("Region") ??
    (hint !== undefined && isRegion(hint) ? hint : null)
  );
}

const saidFound = (said: string): string | null =>
  /valid region, not '([^']{1,40})'/.exec(said)?.[1] ??
  /region '([^']{1,40})' is wrong/.exec(said)?.[1] ??
  null;

/** "Credential should be scoped to correct service: 'lambda'", `incorrect service "x". This endpoint belongs to "s3"`. */
const saidService = (said: string): string | null =>
  /correct service: '([^']{1,40})'/.exec(said)?.[1] ??
  /endpoint belongs to ["']([\w-]{1,40})/.exec(said)?.[1] ??
  null;
