/** A good key at an endpoint that cannot know it: of another partition, or in a region that must be opted in to. */
import type { AwsCase } from "../aws-case.ts";
import { kindOfKey } from "../key-id.ts";
import { mustBeOptedInTo, partitionOf, partitionOfArn } from "../regions.ts";
import { readSessionToken } from "../session-token.ts";

export function detectElsewhere(seen: AwsCase): void {
  if (!seen.refused) return;
  if (seen.meaning === "region_off") return switchedOff(seen);
  if (seen.keyId === null || !seen.endpoint) return;
  if (
    seen.meaning !== null &&
    !["key_unknown", "token_invalid", "identity_token"].includes(seen.meaning)
  )
    return;
  if (otherPartition(seen)) return;
  optIn(seen);
}

type By = "arn" | "region" | "session_token" | "scope";

function otherPartition(seen: AwsCase): boolean {
  const { endpoint } = seen;
  if (!endpoint) return false;
  const other = homes(seen).find(
    ([partition]) => partition !== endpoint.partition,
  );
  if (!other) return false;
  const [expected, by] = other;
  notFound(seen);
  seen.suspect(
    "aws.partition",
    "likely",
    { found: endpoint.partition, expected, host: endpoint.host, by },
    ["signature.key_not_found"],
    6,
  );
  return true;
}

/** Where the key seems to be at home: the strongest sign first. */
function homes(seen: AwsCase): readonly (readonly [string, By])[] {
  const { configuration, own, parameters, sessionTokens, parsed } = seen;
  const profile = own.find((each) => each.profile !== null)?.profile;
  const named = profile ?? configuration.profile;
  const arns = [
    ...(parameters.get("RoleArn") ?? []),
    ...(parameters.get("PrincipalArn") ?? []),
    configuration.setting(named, "role_arn"),
    configuration.setting(named, "x_principal_arn"),
    configuration.environment.get("AWS_ROLE_ARN"),
    /User: (arn:[\w-]+:)/.exec(seen.answer.message.slice(0, 500))?.[1],
  ];
  const regions = [
    configuration.setting(named, "region"),

    configuration.environment.get("AWS_REGION"),
    configuration.environment.get("AWS_DEFAULT_REGION"),
  ];
  const token = readSessionToken(sessionTokens[0] ?? "").region;
  return [
    ...(token === null ? [] : [[partitionOf(token), "session_token"] as const]),
    ...arns.map((arn) => [partitionOfArn(arn ?? ""), "arn"] as const),
    ...regions.map((region) => [partitionOf(region ?? ""), "region"] as const),
    [partitionOf(parsed?.region ?? ""), "scope"] as const,
  ].filter((home): home is [string, By] => home[0] !== null);
}

function optIn(seen: AwsCase): void {
  const region = seen.endpoint?.region ?? null;
  if (region === null || !mustBeOptedInTo(region) || seen.meaning === null)
    return;
  const [token] = seen.sessionTokens;
  if (token === undefined || kindOfKey(seen.keyId ?? "") !== "temporary")
    return;
  const { version, region: issuedIn } = readSessionToken(token);
  // A token of that very region is valid there.
  if (issuedIn === region) return;
  notFound(seen);
  seen.suspect(
    "aws.opt_in_region",
    "likely",
    { region, version },
    ["signature.key_not_found"],
    version === 1 ? 5 : 3,
  );
}

/** STS says so itself: whoever asks, and with whatever. */
function switchedOff(seen: AwsCase): void {
  notFound(seen);
  seen.suspect(
    "aws.opt_in_region",
    "likely",
    { region: seen.endpoint?.region ?? null, version: null },
    ["signature.key_not_found"],
    6,
  );
}

export function notFound(seen: AwsCase): void {
  seen.find("signature.key_not_found", {
    alg: seen.parsed?.algorithm ?? "AWS4-HMAC-SHA256",
    kid: seen.keyId,
    known: [],
    keys: 0,
  });
}
