/** Reads the settings of `assay guard`, and says what they must be to one another. */
import type * as Process from "@assay/issuer/process";
import {
  CONFIG_VARIABLE,
  guardSettings,
  PREFIX,
  type GuardSettings,
} from "./settings.ts";

const EXAMPLE =
  "assay guard --issuer https://issuer.example.com --audience https://api.example.com --upstream-form nginx";

/** Throws StartError, which names the setting. */
export function readGuardSettings(
  server: typeof Process,
  given: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
  config: string | null,
): GuardSettings {
  const settings = server.readTable<GuardSettings>(guardSettings(server), {
    given,
    env,
    config,
    configVariable: CONFIG_VARIABLE,
    prefix: PREFIX,
  });
  const fault = faultOf(settings, server.isLoopback);
  if (fault !== null) throw new server.StartError(fault, EXAMPLE);
  return settings;
}

function faultOf(
  settings: GuardSettings,
  isLoopback: (host: string) => boolean,
): string | null {
  const { listen, audience, dpop, clientId, clientSecret } = settings;
  // Threat: a waiver by a slip. What is not judged is said in so many words.
  if (settings.issuer.length === 0)
    return "issuer: expected at least one, found none";
  if ((audience.length === 0) !== settings.anyAudience)
    return audience.length === 0
      ? "audience: expected the name of this API, or --any-audience, found neither"
      : "audience: expected names, or --any-audience, found both";
  if (settings.upstreamForm === "")
    return "upstreamForm: expected nginx, traefik, caddy or envoy, found nothing";
  // Threat: tokens on a network, by a slip.
  if (!isLoopback(listen.host) && !settings.allowRemote)
    return `listen: expected an address of this machine alone, found ${listen.host}, which other machines may reach; --allow-remote or ${PREFIX}ALLOW_REMOTE=true says that this is meant`;
  if ((settings.tlsCertificate === "") !== (settings.tlsKey === ""))
    return `${settings.tlsCertificate === "" ? "tlsCertificate" : "tlsKey"}: expected certificate and key together, found one of them`;
  if (settings.trustedProxy.length === 0)
    return "trustedProxy: expected at least one address, found none: nobody could ask";
  if (dpop === "off" && (settings.dpopNonces || settings.replayStore !== ""))
    return "dpop: expected offered or required beside dpopNonces and replayStore, found off";
  if (dpop === "required" && settings.clientCertificate === "required")
    return "dpop: expected one binding to be required, found two: dpop and clientCertificate";
  const asksFor =
    settings.introspectionEndpoint !== ""
      ? "introspection"
      : settings.revocation === "feed"
        ? "the feed of revocations"
        : settings.tellIssuer
          ? "the issuer's journal"
          : null;
  if (asksFor !== null && (clientId === "" || clientSecret === ""))
    return `clientId: expected it for ${asksFor}, with the secret in ${PREFIX}CLIENT_SECRET, found ${clientId === "" ? "none" : "no secret"}`;
  if (settings.tellIssuer && audience.length === 0)
    return "tellIssuer: expected an audience, which is the resource at the issuer, found none";
  return null;
}
