/** Whether the signature comes out, where the secret is known: the one that somebody hands in, or those that stand beside the key id. */
import type { Suspicion } from "../investigation.ts";
import { HASHED_IN_ONE_UNIT } from "../budget.ts";
import type { AwsCase } from "./aws-case.ts";
import type { Setting } from "./ini-file.ts";
import {
  findDifference,
  verifyChunks,
  verifySigned,
  type ChunkFault,
  type Difference,
  type DifferenceHints,
  type Parsed,
  type WireRequest,
} from "./signature-v4/index.ts";
import { headersOf, urlHost } from "./wire.ts";

export type Verification =
  /** No secret is known, or nothing that could be checked. */
  | { readonly outcome: "unknown" }
  /** `trusted`: with a secret that is known to be the right one. */
  | { readonly outcome: "verified"; readonly trusted: boolean }
  /** It comes out only with a secret that has white space or another damage. */
  | {
      readonly outcome: "damaged";
      readonly damage: Damage;
      readonly length: number;
    }
  | {
      readonly outcome: "other_secret";
      readonly by: "other_profile" | "key_id";
    }
  | { readonly outcome: "failed"; readonly difference: Difference | null }
  /** The request's own signature comes out, and one of those in its body does not. */
  | { readonly outcome: "chunks"; readonly fault: ChunkFault };

type Damage = Extract<
  Suspicion,
  { cause: "aws.credential_damaged" }
>["facts"]["damage"];

/** Five HMACs, and the hash of the canonical request. */
const ONE_CHECK = 6;

export async function verifyCase(seen: AwsCase): Promise<Verification> {
  const { wire, parsed, configuration, own } = seen;
  if (!wire || !parsed || parsed.algorithm !== "AWS4-HMAC-SHA256")
    return { outcome: "unknown" };
  const known = usable(configuration.secretAccessKey);
  if (known !== null) {
    if (await comesOut(seen, wire, parsed, known))
      return withChunks(seen, wire, parsed, known, {
        outcome: "verified",
        trusted: true,
      });
    return failed(seen, wire, parsed, known);
  }
  const settings = own
    .map((each) => each.secret)
    .filter(
      (setting): setting is Setting => usable(setting?.value ?? null) !== null,
    );
  for (const { raw, value } of settings) {
    if (await comesOut(seen, wire, parsed, value)) {
      const damage = damageOf(value, seen);
      return damage === null
        ? withChunks(seen, wire, parsed, value, {
            outcome: "verified",
            trusted: false,
          })
        : { outcome: "damaged", damage, length: value.length };
    }
    if (raw !== value && (await comesOut(seen, wire, parsed, raw)))
      return { outcome: "damaged", damage: "white_space", length: raw.length };
  }
  for (const { value, comment } of settings)
    for (const between of comment === null ? [] : ["\n", "", " "]) {
      const text = `${value}${between}${comment ?? ""}`;
      if (await comesOut(seen, wire, parsed, text))
        return { outcome: "damaged", damage: "comment", length: text.length };
    }
  const [first] = settings;
  return first
    ? failed(seen, wire, parsed, first.value)
    : { outcome: "unknown" };
}

/** A body in chunks has signatures of its own behind the one of the request. */
async function withChunks(
  seen: AwsCase,
  wire: WireRequest,
  parsed: Parsed,
  secret: string,
  verified: Verification,
): Promise<Verification> {
  const fault = await verifyChunks(wire, parsed, secret, (units, bytes) =>
    seen.budget.take(units + bytes / HASHED_IN_ONE_UNIT),
  );
  return fault ? { outcome: "chunks", fault } : verified;
}

async function failed(
  seen: AwsCase,
  wire: WireRequest,
  parsed: Parsed,
  secret: string,
): Promise<Verification> {
  const difference = await findDifference(
    wire,
    parsed,
    secret,
    hintsOf(seen),
    (units) => seen.budget.take(units),
  );
  if (difference !== null) return { outcome: "failed", difference };
  if (await comesOut(seen, wire, parsed, parsed.accessKeyId))
    return { outcome: "other_secret", by: "key_id" };
  for (const { secret: other } of seen.configuration.all)
    if (
      other &&
      other.value !== secret &&
      usable(other.value) !== null &&
      (await comesOut(seen, wire, parsed, other.value))
    )
      return { outcome: "other_secret", by: "other_profile" };
  return { outcome: "failed", difference: null };
}

async function comesOut(
  seen: AwsCase,
  wire: WireRequest,
  parsed: Parsed,
  secret: string,
): Promise<boolean> {
  const bytes =
    wire.url.length * 2 +
    (wire.body?.length ?? 0) +
    (parsed.policy?.length ?? 0);
  if (!seen.budget.take(ONE_CHECK + bytes / HASHED_IN_ONE_UNIT)) return false;
  return (await verifySigned(wire, parsed, secret)).matches;
}

/** A secret that a log has masked is none. */
const usable = (secret: string | null): string | null =>
  secret === null ||
  secret === "" ||
  /^[*•.…x]{2,}$|redacted|masked/i.test(secret)
    ? null
    : secret;

/** What a secret of AWS never looks like. */
function damageOf(secret: string, { endpoint }: AwsCase): Damage | null {
  if (/^["'“‘].*["'”’]$/s.test(secret)) return "quotation_marks";
  if (endpoint === null) return null;
  if (/\s+[#;]/.test(secret)) return "comment";
  if (/\s/.test(secret)) return "white_space";
  if (/%(?:2[BF])/i.test(secret)) return "percent_encoding";
  return /^[A-Za-z0-9/+]{40}$/.test(secret)
    ? null
    : secret.length === 40
      ? "characters"
      : "length";
}

/** Hosts, regions and headers that the inquiry knows besides those of the request. */
function hintsOf(seen: AwsCase): DifferenceHints {
  const { inquiry, configuration, endpoint, answer, wire } = seen;
  const { request } = inquiry;
  const canonical = /^host:(.{1,300})$/m.exec(
    answer.field("CanonicalRequest") ?? "",
  )?.[1];
  const texts = (values: readonly (string | null | undefined)[]): string[] =>
    [...new Set(values)].filter((text): text is string => Boolean(text));
  return {
    hosts: texts([
      urlHost(configuration.endpoint ?? ""),
      urlHost(request?.url ?? ""),
      canonical,
      ...["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"].map((name) =>
        urlHost(configuration.environment.get(name) ?? ""),
      ),
      ...["x-forwarded-host", "x-original-host", "x-amz-host"].flatMap((name) =>
        headersOf(request, name),
      ),
    ]).slice(0, 8),
    regions: texts([
      endpoint?.signingRegion,
      configuration.environment.get("AWS_REGION"),
      configuration.environment.get("AWS_DEFAULT_REGION"),
      configuration.setting(configuration.profile, "region"),
      "us-east-1",
    ]),
    services: texts([endpoint?.signingName, endpoint?.service]),
    headers: (wire?.headers ?? []).flatMap(([name, value]) => {
      const original = /^x-(?:original|forwarded)-(.{1,40})$/i.exec(name)?.[1];
      return original === undefined
        ? []
        : [[original.toLowerCase(), value] as const];
    }),
  };
}
