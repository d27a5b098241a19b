/** Audiences that issuers put in by themselves when the client names no API. Facts of their documentation. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ["account", "Keycloak's own account console"],
  ["realm-management", "Keycloak's own administration client"],
  ["master-realm", "Keycloak's own administration client"],
  ["broker", "Keycloak's own broker client"],
  ["authenticated", "Supabase's default audience"],
  [
    "oauth2-resource",
    "the default resource id of Spring's authorization server",
  ],
  ["openid", "the issuer's own OpenID scopes"],
  ["uaa", "the UAA itself"],
  ["k3s", "the cluster's API server"],
  ["rke2", "the cluster's API server"],
  ["urn:microsoft:userinfo", "the userinfo endpoint of AD FS"],
  ["api://default", "the default authorization server of Okta"],
  ["sts.amazonaws.com", "the audience for AWS STS"],
  ["api://azureadtokenexchange", "the audience for Entra's token exchange"],
  ["00000003-0000-0000-c000-000000000000", "Microsoft Graph"],
  ["https://graph.microsoft.com", "Microsoft Graph"],
  ["00000002-0000-0000-c000-000000000000", "Azure AD Graph"],
  ["https://graph.windows.net", "Azure AD Graph"],
  ["https://management.azure.com", "Azure Resource Manager"],
  ["https://management.core.windows.net", "Azure Resource Manager"],
  ["https://api.pingone.com", "the PingOne platform"],
]);

const BY_FORM: readonly (readonly [RegExp, string])[] = [
  [/\/userinfo$/, "the issuer's userinfo endpoint"],
  [/^https:\/\/[^/]+\.auth0\.com\/api\/v2$/, "Auth0's management API"],
  [
    /^https:\/\/kubernetes\.default\.svc(?:\.cluster\.local)?$/,
    "the cluster's API server",
  ],
  [
    /^https:\/\/github\.com\/[\w.-]+$/,
    "GitHub's default audience, the owner of the repository",
  ],
];

/** What the audience is when an issuer puts it in of its own accord; null: it is none of those that are known. */
export function defaultAudience(aud: string, iss: unknown): string | null {
  const name = aud.toLowerCase().replace(/\/$/, "");
  if (typeof iss === "string" && iss !== "") {
    const issuer = iss.toLowerCase().replace(/\/$/, "");
    if (name === issuer) return "the issuer itself";
    if (name === `${issuer}/resources`) return "the issuer's own resources";
  }
  return (
    BY_NAME.get(name) ?? BY_FORM.find(([form]) => form.test(name))?.[1] ?? null
  );
}
