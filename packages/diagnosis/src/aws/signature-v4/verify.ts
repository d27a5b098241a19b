import {
  canonicalParts,
  writeCanonical,
  type CanonicalParts,
} from "./canonical-request.ts";
import { pathReadings, type PathReading } from "./canonical-path.ts";
import { hashOf, hex } from "./payload-hash.ts";
import { hmac } from "../../hmac.ts";
import { signingKey } from "./signing-key.ts";
import { isS3 } from "./services.ts";
import type { Parsed, Stages, VerifyOptions, WireRequest } from "./types.ts";
import { targetOf } from "./wire.ts";

/**
 * Computes the three stages as a service would, and compares the last with the request's own. For SigV4A only the first two: its signature
 * stays empty and never matches. A request without a date matches nothing.
 */
export async function verifySigned(
  request: WireRequest,
  parsed: Parsed,
  secretAccessKey: string,
  options: VerifyOptions = {},
): Promise<Stages> {
  let first: Stages | null = null;
  for (const reading of readings(request, parsed, options)) {
    const stages = await stagesOf(
      await canonicalParts(request, parsed, { ...options, ...reading }),
      parsed,
      secretAccessKey,
    );
    if (stages.matches) return stages;
    first ??= stages;
  }
  return first as Stages;
}

/** Where the rules leave a choice, the usual reading comes first. */
function* readings(
  request: WireRequest,
  parsed: Parsed,
  options: VerifyOptions,
): Generator<{
  readonly sessionToken: "signed" | "added";
  readonly pathReading: PathReading;
}> {
  const token = options.sessionToken ?? "auto";
  const mayBeAdded = parsed.form === "query" && parsed.sessionToken !== null;
  const ways =
    token !== "auto"
      ? [token]
      : mayBeAdded
        ? (["signed", "added"] as const)
        : (["signed"] as const);
  const paths = pathReadings(
    (options.encodePath ?? !isS3(parsed.service))
      ? ""
      : targetOf(request.url).path,
  );
  for (const sessionToken of ways)
    for (const pathReading of paths) yield { sessionToken, pathReading };
}

async function stagesOf(
  parts: CanonicalParts,
  parsed: Parsed,
  secretAccessKey: string,
): Promise<Stages> {
  const canonicalRequest = writeCanonical(parts);
  const stringToSign =
    parsed.policy ?? writeStringToSign(parsed, await hashOf(canonicalRequest));
  if (parsed.algorithm !== "AWS4-HMAC-SHA256" || parsed.amzDate === null)
    return { canonicalRequest, stringToSign, signature: "", matches: false };
  const key = await signingKey(secretAccessKey, {
    date: parsed.scopeDate,
    region: parsed.region ?? "",
    service: parsed.service,
  });
  const signature = hex(await hmac(key, stringToSign));
  return {
    canonicalRequest,
    stringToSign,
    signature,
    matches: signature === parsed.signature,
  };
}

export function writeStringToSign(
  parsed: Pick<
    Parsed,
    "algorithm" | "amzDate" | "scopeDate" | "region" | "service"
  >,
  canonicalHash: string,
): string {
  const scope = [
    parsed.scopeDate,
    ...(parsed.region === null ? [] : [parsed.region]),
    parsed.service,
    "aws4_request",
  ].join("/");
  return [parsed.algorithm, parsed.amzDate ?? "", scope, canonicalHash].join(
    "\n",
  );
}
