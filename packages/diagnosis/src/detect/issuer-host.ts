import { differByEnvironment } from "./environment-names.ts";
import { isInternalHost } from "./internal-host.ts";
import type { IssuerAddress } from "./issuer-address.ts";
import type { IssuerCause } from "./issuer-cause.ts";
import { isCommon, shareAWord } from "./name-words.ts";
import { isByPath, isHosted, providerOf } from "./provider-hosts.ts";

/** Why two issuers have the same path on different hosts, the likeliest first. */
export function differByHost(
  expected: string,
  found: string,
  ours: IssuerAddress,
  theirs: IssuerAddress,
): IssuerCause[] {
  const [host, otherHost] = [ours.host ?? "", theirs.host ?? ""];
  const scheme: IssuerCause[] =
    ours.scheme === theirs.scheme ? [] : ["issuer.scheme"];
  if (host === otherHost) return ["issuer.host_alias", ...scheme];
  const environment = differByEnvironment(expected, found);
  const provider = providerOf(host);
  if (environment === "only" || previewOf(host, otherHost))
    return [
      "issuer.environment",
      provider === null ? "issuer.host_alias" : "issuer.tenant",
    ];
  if (
    isHosted(host) !== isHosted(otherHost) &&
    (isInternalHost(host) || isInternalHost(otherHost))
  )
    return ["issuer.other", "issuer.environment"];
  if (isInternalHost(host) || isInternalHost(otherHost))
    return [
      "issuer.host_alias",
      ...(environment ? (["issuer.environment"] as const) : []),
      ...scheme,
    ];
  if (provider !== null && provider === providerOf(otherHost))
    return differWithinProvider(
      provider,
      ours.path,
      host,
      otherHost,
      environment,
    );
  if (environment) return ["issuer.environment", "issuer.host_alias"];
  if (isLookalike(host, otherHost) || isLookalike(otherHost, host))
    return ["issuer.other", "issuer.host_alias"];
  // A path of the realm's own says that it is the same server; a root says nothing, so the names must.
  const namedPath = !isCommon(ours.path);
  if (!namedPath && differByOneLabel(host, otherHost))
    return ["issuer.tenant", "issuer.host_alias", "issuer.other"];
  const related =
    namedPath ||
    ours.path.split("/").length > 2 ||
    relatedHosts(host, otherHost);
  return related
    ? ["issuer.host_alias", "issuer.other", ...scheme]
    : ["issuer.other", "issuer.host_alias"];
}

function differWithinProvider(
  provider: string,
  path: string,
  host: string,
  otherHost: string,
  environment: string | null,
): IssuerCause[] {
  const sameTenant =
    isByPath(provider) ||
    host.replace("-admin.", ".") === otherHost.replace("-admin.", ".") ||
    /[0-9a-f]{8}-[0-9a-f]{4}-/.test(path);
  if (sameTenant) return ["issuer.host_alias", "issuer.tenant"];
  if (environment === null) return ["issuer.tenant", "issuer.other"];
  return environment === "mostly"
    ? ["issuer.environment", "issuer.tenant"]
    : ["issuer.tenant", "issuer.environment"];
}

/** The whole of one host at the front of another; and Google's hosts, each of which signs another kind of token. */
const isLookalike = (host: string, other: string): boolean =>
  other.startsWith(`${host}.`) ||
  (host.endsWith(".google.com") && other.endsWith(".google.com"));

/** One domain with a tenant's name in it: globex.id.example and initech.id.example. */
function differByOneLabel(host: string, other: string): boolean {
  const [ours, theirs] = [host.split("."), other.split(".")];
  const differing = ours.flatMap((label, n) =>
    label === theirs[n] ? [] : [n],
  );
  const [at = 0] = differing;
  const [label = "", otherLabel = ""] = [ours[at], theirs[at]];
  const replicas = label.replace(/\d+/g, "") === otherLabel.replace(/\d+/g, "");
  return (
    ours.length === theirs.length &&
    differing.length === 1 &&
    at < ours.length - 2 &&
    !replicas &&
    !isCommon(label) &&
    !isCommon(otherLabel)
  );
}

/** Okta keeps the sandboxes of its customers under a domain of their own. */
const previewOf = (host: string, other: string): boolean =>
  host.replace("oktapreview.", "okta.") ===
  other.replace("oktapreview.", "okta.");

/** True when two hosts share a word of their own names. */
export const relatedHosts = (host: string, other: string): boolean =>
  shareAWord(withoutTopLevel(host), withoutTopLevel(other));

const withoutTopLevel = (host: string): string =>
  host.replace(/(?:\.(?:co|com|org|net|ac|gov))?\.[^.]+$/, "");
