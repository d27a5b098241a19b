/** The guard that the settings mean. */
import {
  createGuard,
  introspection,
  logTo,
  revocationFeed,
  statusLists,
  tellIssuer,
  type AuditSink,
  type Guard,
  type GuardOptions,
  type TrustedIssuer,
} from "@assay/guard";
import type { ReplayStore } from "@assay/token";
import { UsageError } from "../usage-error.ts";
import type { JsonLog } from "./json-log.ts";
import type { GuardSettings } from "./settings.ts";

/** Throws UsageError for what the guard itself says is wrong. */
export function guardOf(
  settings: GuardSettings,
  replay: ReplayStore | null,
  log: JsonLog,
): Guard {
  try {
    return createGuard({
      ...checksOf(settings),
      ...bindingsOf(settings, replay),
      ...revocationOf(settings, log),
      issuers: issuersOf(settings),
      audit: sinksOf(settings, log),
      auditAdmissions: settings.auditAdmissions,
    });
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

type Options = Omit<GuardOptions, "issuers">;

function checksOf(settings: GuardSettings): Options {
  return {
    audience: settings.anyAudience ? null : settings.audience,
    proxies: settings.trustedProxy,
    routes: settings.scope,
    scopeClaim: settings.scopeClaim,
    clockTolerance: settings.clockToleranceSeconds,
    retryAfter: settings.retryAfterSeconds,
    ...(settings.algorithms.length > 0 && { algorithms: settings.algorithms }),
    ...(settings.publicUrl.length > 0 && { publicUrl: settings.publicUrl }),
    ...(settings.resourceMetadata !== "" && {
      resourceMetadata: settings.resourceMetadata,
    }),
    ...(settings.introspectionEndpoint !== "" && {
      introspection: introspection({
        endpoint: settings.introspectionEndpoint,
        clientId: settings.clientId,
        clientSecret: settings.clientSecret,
      }),
    }),
  };
}

/** The first issuer learns which guard has its keys, so that it can say before a rotation which has not. */
const issuersOf = ({
  issuer: [first = "", ...others],
  clientId,
}: GuardSettings): readonly (string | TrustedIssuer)[] =>
  clientId === ""
    ? [first, ...others]
    : [
        {
          ...(typeof first === "string" ? { issuer: first } : first),
          clientId,
        },
        ...others,
      ];

function bindingsOf(
  { dpop, clientCertificate, nonceSecret, ...settings }: GuardSettings,
  replay: ReplayStore | null,
): Pick<GuardOptions, "dpop" | "certificate"> {
  return {
    ...(dpop !== "off" && {
      dpop: {
        required: dpop === "required",
        maxProofAge: settings.proofSeconds,
        ...(replay && { replay }),
        ...(settings.dpopNonces && {
          nonces: nonceSecret === "" ? true : { secret: nonceSecret },
        }),
      },
    }),
    ...(clientCertificate !== "off" && {
      certificate: { required: clientCertificate === "required" },
    }),
  };
}

function revocationOf(
  { revocation, whenRevocationUnknown, ...settings }: GuardSettings,
  log: JsonLog,
): Pick<GuardOptions, "revocation" | "whenRevocationUnknown"> {
  const { clientId, clientSecret } = settings;
  return {
    whenRevocationUnknown,
    ...(revocation === "status-list" && { revocation: statusLists() }),
    ...(revocation === "feed" && {
      revocation: revocationFeed({
        issuer: firstName(settings),
        clientId,
        clientSecret,
        onStatus: ({ by, problem }) =>
          problem === null
            ? log.info({ by }, "revocations are known")
            : log.warn({ by, problem }, "the feed of revocations is silent"),
      }),
    }),
  };
}

function sinksOf(settings: GuardSettings, log: JsonLog): readonly AuditSink[] {
  const { clientId, clientSecret, audience } = settings;
  if (!settings.tellIssuer) return [logTo(log)];
  const journal = tellIssuer({
    endpoint: `${firstName(settings)}/guard-events`,
    clientId,
    clientSecret,
    resource: audience[0] ?? "",
    onTrouble: (trouble) =>
      log.error(trouble, "the issuer's journal was not told"),
  });
  return [logTo(log), journal];
}

function firstName({
  issuer: [first = ""],
}: Pick<GuardSettings, "issuer">): string {
  return typeof first === "string" ? first : first.issuer;
}
