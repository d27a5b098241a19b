/** Tokens to learn from. Each is a vector, so that what the inspector says to it is tested everywhere. */
export const SAMPLES = [
  { name: "accepted", vector: "claim-031" },
  { name: "expired", vector: "field-257" },
  { name: "audience", vector: "field-314" },
  { name: "secret", vector: "key-secret-base64" },
  { name: "rotated", vector: "field-208" },
  { name: "quoted", vector: "field-020" },
  { name: "truncated", vector: "field-029" },
  { name: "idToken", vector: "field-072" },
  { name: "issuer", vector: "issuer-001" },
  { name: "clock", vector: "time-behind-1" },
  { name: "scope", vector: "scope-022" },
  { name: "dpop", vector: "binding-003" },
  { name: "forged", vector: "field-381" },
  { name: "stripped", vector: "field-156" },
] as const;

/** Two tokens to compare: the one after the refresh, and the one before it in the context. */
export const COMPARISON = { name: "comparison", vector: "scope-028" } as const;
