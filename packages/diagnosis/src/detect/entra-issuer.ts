/** An issuer of Microsoft Entra: the tenant, and the version of the tokens that it signs. */
export interface EntraIssuer {
  readonly tenant: string;
  readonly version: 1 | 2;
}

const HOSTS =
  /^(?:login\.microsoftonline\.(?:com|us|de)|login\.microsoft\.com|login\.windows\.net|login\.partner\.microsoftonline\.cn|login\.chinacloudapi\.cn|sts\.windows\.net|sts\.chinacloudapi\.cn)$/;

/** Tenants that stand for many; no token names one of them. */
const FOR_MANY = /^(?:common|organizations|consumers)$/;

export function readEntraIssuer(
  host: string | null,
  path: string,
): EntraIssuer | null {
  if (host === null || !HOSTS.test(host)) return null;
  const [, tenant = "", version, ...rest] = path.split("/");
  if (rest.length > 0 || (version !== undefined && version !== "v2.0"))
    return null;
  return {
    tenant,
    version: version === "v2.0" && !host.startsWith("sts.") ? 2 : 1,
  };
}

/** True for common, organizations and consumers, which stand in the metadata of Entra and in no token. */
export const isForManyTenants = (tenant: string): boolean =>
  FOR_MANY.test(tenant);
