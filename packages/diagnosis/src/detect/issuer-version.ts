import type { IssuerAddress } from "./issuer-address.ts";

const VERSION = /(^|[/._-])v\d+(?:\.\d+)*(?=$|[/._-])/g;

/** Names that one product gave its issuer in earlier versions, each turned into the present one. */
const FORMER: readonly (readonly [RegExp, string])[] = [
  // Keycloak before version 17 served everything under /auth.
  [/^\/auth\/realms\//, "/realms/"],
  // AD FS: the issuer of access tokens, beside that of OpenID Connect.
  [/^\/adfs\/services\/trust$/, "/adfs"],
];

/** Legacy tokens of Kubernetes service accounts, beside the projected ones. */
const KUBERNETES = [
  /^kubernetes\/serviceaccount$/,
  /^https:\/\/kubernetes\.default\.svc(?:\.cluster\.local)?$/,
];

/** True when two issuers of one server differ by nothing but a version. */
export function differByVersion(
  expected: IssuerAddress,
  found: IssuerAddress,
): boolean {
  if (
    expected.host !== found.host &&
    expected.host !== null &&
    found.host !== null
  )
    return false;
  if (
    KUBERNETES.some((pattern) => pattern.test(expected.path)) &&
    KUBERNETES.some((pattern) => pattern.test(found.path))
  )
    return true;
  if (expected.host !== found.host || expected.port !== found.port)
    return false;
  const [a, b] = [current(expected.path), current(found.path)];
  return expected.path !== found.path && a === b;
}

const current = (path: string): string =>
  FORMER.reduce((text, [former, now]) => text.replace(former, now), path)
    .replace(VERSION, "")
    .replace(/\/$/, "");
