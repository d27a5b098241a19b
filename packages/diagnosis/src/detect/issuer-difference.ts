import type { CauseCode } from "../causes.ts";
import { readEntraIssuer, isForManyTenants } from "./entra-issuer.ts";
import { differByEnvironment } from "./environment-names.ts";
import { isInternalHost } from "./internal-host.ts";
import { readIssuerAddress, type IssuerAddress } from "./issuer-address.ts";
import { differByVersion } from "./issuer-version.ts";
import { isCommon, shareAWord } from "./name-words.ts";
import { isByPath, isHosted, providerOf } from "./provider-hosts.ts";

export type IssuerCause = Extract<CauseCode, `issuer.${string}`>;

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

/** Slash, scheme and case, when nothing but these tells the two apart. */
function differBySpelling(
  expected: string,
  found: string,
): readonly IssuerCause[] {
  const unslashed = (text: string): string =>
    text.replace(/([^:/]|^)\/{2,}/g, "$1/").replace(/\/$/, "");
  const unschemed = (text: string): string => text.replace(/^[a-z]+:\/\//i, "");
  const [a, b] = [unschemed(unslashed(expected)), unschemed(unslashed(found))];
  if (a.toLowerCase() !== b.toLowerCase()) return [];
  const scheme = (text: string): string =>
    (/^[a-z]+:\/\//i.exec(text)?.[0] ?? "").toLowerCase();
  const causes: IssuerCause[] = [];
  if (scheme(expected) !== scheme(found)) causes.push("issuer.scheme");
  if (unschemed(expected).length !== unschemed(found).length)
    causes.push("issuer.trailing_slash");
  if (a !== b || causes.length === 0) causes.push("issuer.case");
  return causes;
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

const PLACEHOLDER =
  /\{[^{}]*\}|<[^<>]*>|%7b[^%]*%7d|:tenant(?:id)?\b|\byour[-_]?(?:tenant|realm|domain|okta|org|pool|project)\w*/i;
const holdsPlaceholder = (text: string): boolean => PLACEHOLDER.test(text);

/** null: no placeholder is there. True when the found issuer is what the expected one becomes once the placeholder is filled. */
function matchesTemplate(expected: string, found: string): boolean | null {
  const match = PLACEHOLDER.exec(expected);
  if (!match) return null;
  const [before, after] = [
    expected.slice(0, match.index),
    expected.slice(match.index + match[0].length),
  ];
  // ${TENANT} is a variable that nobody filled in, not the name of a template: see `unset-setting.ts`.
  if (before.endsWith("$") || match[0].includes("{{")) return false;
  return (
    found.length > before.length + after.length &&
    found.startsWith(before) &&
    found.endsWith(after) &&
    !holdsPlaceholder(after)
  );
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

function differByHost(
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
    shareAWord(withoutTopLevel(host), withoutTopLevel(otherHost));
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
    host === otherHost ||
    inside ||
    shareAWord(withoutTopLevel(host), withoutTopLevel(otherHost));
  if (sameServer && sameShape(ours.path, theirs.path))
    return ["issuer.tenant", "issuer.host_alias", "issuer.other"];
  return environment && sameServer
    ? ["issuer.environment", "issuer.other"]
    : ["issuer.other", "issuer.host_alias"];
}

/** Okta keeps the sandboxes of its customers under a domain of their own. */
const previewOf = (host: string, other: string): boolean =>
  host.replace("oktapreview.", "okta.") ===
  other.replace("oktapreview.", "okta.");

const withoutTopLevel = (host: string): string =>
  host.replace(/(?:\.(?:co|com|org|net|ac|gov))?\.[^.]+$/, "");

/** Two paths of the same length that differ in one segment: /realms/a and /realms/b. */
function sameShape(a: string, b: string): boolean {
  const [ours, theirs] = [a.split("/"), b.split("/")];
  return (
    ours.length === theirs.length &&
    ours.length > 2 &&
    ours.filter((segment, i) => segment !== theirs[i]).length === 1
  );
}
