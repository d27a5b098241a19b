import { readEntraIssuer, isForManyTenants } from "./entra-issuer.ts";
import { differByEnvironment } from "./environment-names.ts";
import { isInternalHost } from "./internal-host.ts";
import { readIssuerAddress, type IssuerAddress } from "./issuer-address.ts";
import type { IssuerCause } from "./issuer-cause.ts";
import { differByHost, relatedHosts } from "./issuer-host.ts";
import { differBySpelling } from "./issuer-spelling.ts";
import { holdsPlaceholder, matchesTemplate } from "./issuer-template.ts";
import { differByVersion } from "./issuer-version.ts";
import { providerOf } from "./provider-hosts.ts";

export interface IssuerDifference {
  /** What tells the two apart, the likeliest first. */
  readonly causes: readonly IssuerCause[];
  /** True when the first is all that tells them apart. */
  readonly exact: boolean;
  /** True when the expected issuer holds a placeholder for the tenant. */
  readonly placeholder: boolean;
}

/** No issuer is as long, in characters; comparing what only pretends to be one would cost time. */
const LONGEST = 1000;

const differs = (
  causes: readonly IssuerCause[],
  exact = false,
  placeholder = false,
): IssuerDifference => ({ causes, exact, placeholder });

/** How an issuer that was found differs from one that was expected; the two are not equal. */
export function issuerDifference(
  expected: string,
  found: string,
): IssuerDifference {
  if (expected.length > LONGEST || found.length > LONGEST)
    return differs(["issuer.other"]);
  const spelling = differBySpelling(expected, found);
  if (spelling.length > 0) return differs(spelling, spelling.length === 1);
  const [ours, theirs] = [
    readIssuerAddress(expected),
    readIssuerAddress(found),
  ];
  const entra = differWithinEntra(ours, theirs);
  if (entra) return entra;
  const template = matchesTemplate(expected, found);
  if (template !== null) return differs(["issuer.tenant"], template, true);
  if (
    differByVersion(ours, theirs) ||
    differByVersion(
      { ...ours, path: expected.toLowerCase() },
      { ...theirs, path: found.toLowerCase() },
    )
  ) {
    return differs(["issuer.version", "issuer.tenant"]);
  }
  if (ours.host === null || theirs.host === null)
    return differs(
      differByEnvironment(expected, found)
        ? ["issuer.environment", "issuer.other"]
        : ["issuer.other"],
    );
  const sameServer = ours.host === theirs.host && ours.port === theirs.port;
  if (sameServer && ours.path === theirs.path)
    return differs([
      ours.scheme === theirs.scheme ? "issuer.host_alias" : "issuer.scheme",
    ]);
  if (sameServer) return differs(differByPath(expected, found, ours, theirs));
  return differs(
    ours.path === theirs.path
      ? differByHost(expected, found, ours, theirs)
      : differByBoth(expected, found, ours, theirs),
  );
}

/** Entra signs for one tenant under several hosts, and writes a different iss into tokens of version 1 and 2. */
function differWithinEntra(
  expected: IssuerAddress,
  found: IssuerAddress,
): IssuerDifference | null {
  const ours = readEntraIssuer(expected.host, expected.path);
  const theirs = readEntraIssuer(found.host, found.path);
  if (!ours || !theirs) return null;
  if (ours.tenant === theirs.tenant)
    return ours.version === theirs.version
      ? differs(["issuer.host_alias"])
      : differs(["issuer.version"], true);
  const placeholder =
    isForManyTenants(ours.tenant) || holdsPlaceholder(ours.tenant);
  if (ours.version !== theirs.version)
    return differs(["issuer.tenant", "issuer.version"], false, placeholder);
  return differs(["issuer.tenant"], placeholder, placeholder);
}

/** An address of an endpoint or document stands where the issuer's name is due. */
const ENDPOINT =
  /\/(?:\.well-known\/.*|authorize|token|userinfo|jwks(?:\.json)?|keys|certs|introspect|protocol\/openid-connect(?:\/\w+)?)$/;
/** A sign at the end that came along when the address was copied. */
const STRAY = /[.,;:'"\s]{1,2}$/;

function differByPath(
  expected: string,
  found: string,
  ours: IssuerAddress,
  theirs: IssuerAddress,
): IssuerCause[] {
  if (ENDPOINT.test(ours.path) !== ENDPOINT.test(theirs.path))
    return ["issuer.other", "issuer.tenant"];
  if (ours.path.replace(STRAY, "") === theirs.path.replace(STRAY, ""))
    return ["issuer.other", "issuer.trailing_slash"];
  const environment = differByEnvironment(expected, found);
  if (environment === "only") return ["issuer.environment", "issuer.tenant"];
  return environment
    ? ["issuer.tenant", "issuer.environment"]
    : ["issuer.tenant", "issuer.other"];
}

function differByBoth(
  expected: string,
  found: string,
  ours: IssuerAddress,
  theirs: IssuerAddress,
): IssuerCause[] {
  const [host, otherHost] = [ours.host ?? "", theirs.host ?? ""];
  const provider = providerOf(host);
  const environment = differByEnvironment(expected, found);
  if (provider !== null && provider === providerOf(otherHost))
    return environment === "only"
      ? ["issuer.environment", "issuer.tenant"]
      : ["issuer.tenant", "issuer.other"];
  if (environment === "only") return ["issuer.environment", "issuer.other"];
  const inside = isInternalHost(host) || isInternalHost(otherHost);
  const prefixed =
    ours.path !== "" &&
    theirs.path !== "" &&
    (ours.path.endsWith(theirs.path) || theirs.path.endsWith(ours.path));
  if (prefixed) return ["issuer.host_alias", "issuer.version"];
  const sameServer =
    host === otherHost || inside || relatedHosts(host, otherHost);
  if (sameServer && sameShape(ours.path, theirs.path))
    return ["issuer.tenant", "issuer.host_alias", "issuer.other"];
  return environment && sameServer
    ? ["issuer.environment", "issuer.other"]
    : ["issuer.other", "issuer.host_alias"];
}

/** Two paths of the same length that differ in one segment: /realms/a and /realms/b. */
function sameShape(a: string, b: string): boolean {
  const [ours, theirs] = [a.split("/"), b.split("/")];
  return (
    ours.length === theirs.length &&
    ours.length > 2 &&
    ours.filter((segment, i) => segment !== theirs[i]).length === 1
  );
}
