/** Hosts of identity providers that give each customer a tenant: in front of these names, or behind them in the path. */
const PROVIDERS = [
  "auth0.com",
  "auth0app.com",
  "okta.com",
  "okta-emea.com",
  "okta-gov.com",
  "oktapreview.com",
  "b2clogin.com",
  "ciamlogin.com",
  "onelogin.com",
  "pingone.com",
  "pingone.eu",
  "forgeblocks.com",
  "frontegg.com",
  "kinde.com",
  "clerk.accounts.dev",
  "zitadel.cloud",
  "zitadel.app",
  "logto.app",
  "stytch.com",
  "workos.com",
  "fusionauth.io",
  "supabase.co",
  "propelauthtest.com",
  "cloudflareaccess.com",
  "oraclecloud.com",
  "ondemand.com",
  "projects.oryapis.com",
  "jumpcloud.com",
  "duosecurity.com",
  "my.salesforce.com",
  "curity.app",
  "phasetwo.io",
  "cloud-iam.com",
] as const;

/** Hosts whose issuers are told apart by the path, often with a region in the host's name. */
const BY_PATH = [
  /^api\.(?:[a-z]+\.)?asgardeo\.io$/,
  /^api\.(?:[a-z0-9]+\.)?descope\.com$/,
  /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
  /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
  /^[a-z0-9-]+\.oic\.prod-aks\.azure\.com$/,
];

/** True where the provider tells its tenants apart by the path alone. */
export const isByPath = (provider: string | null): boolean =>
  provider?.startsWith("path ") === true;

/** The provider that runs this host; null: none that is known, perhaps the customer's own domain. */
export function providerOf(host: string): string | null {
  const byPath = BY_PATH.findIndex((pattern) => pattern.test(host));
  return byPath >= 0
    ? `path ${byPath}`
    : (PROVIDERS.find((name) => host === name || host.endsWith(`.${name}`)) ??
        null);
}

/** Issuers that one company runs for the whole world: no customer has one inside. */
const WORLDWIDE =
  /^(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|oidc\.circleci\.com|appleid\.apple\.com|login\.microsoftonline\.com|sts\.windows\.net|(?:accounts|securetoken|session\.firebase|cloud)\.google\.com)$/;

/** True where the issuer runs at its provider's and nowhere else: a name of the inside cannot be another name of it. */
export const isHosted = (host: string): boolean =>
  WORLDWIDE.test(host) || providerOf(host) !== null;
