import type { Step } from "@assay/token";

/** What each step asks. */
export const STEP_MEANINGS: Readonly<Record<Step, string>> = {
  request: "Does the request carry one token, in the right place?",
  format: "Is it a token that can be read?",
  signature: "Has a key of the issuer signed it?",
  expiration: "Is it within its time?",
  issuer: "Is it of the issuer that the API trusts?",
  audience: "Is it meant for this API?",
  binding: "Does the sender hold the key that the token is bound to?",
  scope: "Does it permit what is asked for?",
  revocation: "Has nobody taken it back?",
};
