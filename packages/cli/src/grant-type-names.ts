/** Short names of grant types that are long. */
const GRANT_TYPES: Readonly<Record<string, string>> = {
  "jwt-bearer": "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "token-exchange": "urn:ietf:params:oauth:grant-type:token-exchange",
};

/** The name that the server knows; what has no short name is taken as it is, and judged there. */
export const grantTypeOf = (name: string): string => GRANT_TYPES[name] ?? name;

/** The short name, for people. */
export const shortGrantType = (type: string): string =>
  Object.keys(GRANT_TYPES).find((name) => GRANT_TYPES[name] === type) ?? type;
