/** Scopes of the admin API: each opens one area, to read or to change. */
export const ADMIN_SCOPE_MEANINGS = {
  "clients:read": "Read clients and rules of exchange, never a secret.",
  "clients:write": "Register, change and disable clients, and give secrets.",
  "resources:read": "Read resources and their scopes.",
  "resources:write": "Register and change resources and their scopes.",
  "grants:read": "Read what people allowed.",
  "grants:revoke": "Revoke grants.",
  "tokens:read": "Read the life story of a token.",
  "tokens:revoke":
    "Revoke tokens, and all of a session, subject, client or time.",
  "keys:read": "Read the ring of signing keys.",
  "keys:write": "Rotate and withdraw signing keys.",
  "journal:read": "Read, check and export the journal.",
  "diagnoses:read": "Read the diagnosis behind a handle.",
  "persons:erase": "Destroy the key of a person's fields in the journal.",
} as const;

export type AdminScope = keyof typeof ADMIN_SCOPE_MEANINGS;

export const ADMIN_SCOPES: readonly AdminScope[] = Object.keys(
  ADMIN_SCOPE_MEANINGS,
) as AdminScope[];
