/** The guard that the settings mean. */
import {
  createGuard,
  introspection,
  statusLists,
  type AuditSink,
  type Guard,
  type GuardOptions,
} from "@assay/guard";
import type { ReplayStore } from "@assay/token";
import { UsageError } from "../usage-error.ts";
import type { GuardSettings } from "./settings.ts";

/** Throws UsageError for what the guard itself says is wrong. */
export function guardOf(
  settings: GuardSettings,
  replay: ReplayStore | null,
  audit: AuditSink,
): Guard {
  try {
    return createGuard(optionsOf(settings, replay, audit));
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

function optionsOf(
  settings: GuardSettings,
  replay: ReplayStore | null,
  audit: AuditSink,
): GuardOptions {
  const { dpop, clientCertificate, nonceSecret, publicUrl } = settings;
  return {
    issuers: settings.issuer,
    audience: settings.anyAudience ? null : settings.audience,
    proxies: settings.trustedProxy,
    routes: settings.scope,
    scopeClaim: settings.scopeClaim,
    clockTolerance: settings.clockToleranceSeconds,
    retryAfter: settings.retryAfterSeconds,
    whenRevocationUnknown: settings.whenRevocationUnknown,
    audit,
    auditAdmissions: settings.auditAdmissions,
    ...(settings.algorithms.length > 0 && { algorithms: settings.algorithms }),
    ...(publicUrl.length > 0 && { publicUrl }),
    ...(settings.resourceMetadata !== "" && {
      resourceMetadata: settings.resourceMetadata,
    }),
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
    ...(settings.revocation === "status-list" && {
      revocation: statusLists(),
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
