/** Scopes of the admin API: each opens one area, to read or to change. */
export const ADMIN_SCOPES: readonly string[] = [
  "clients:read",
  "clients:write",
  "resources:read",
  "resources:write",
  "grants:read",
  "grants:revoke",
  "tokens:read",
  "tokens:revoke",
  "keys:read",
  "keys:write",
  "journal:read",
  "diagnoses:read",
];
