/** The words of every cause. A cause without words does not compile. */
import type { CauseCode } from "../../causes.ts";
import type { Tell } from "../cause-words.ts";
import { AUDIENCE } from "./causes-audience.ts";
import { AWS } from "./causes-aws.ts";
import { BINDING } from "./causes-binding.ts";
import { ISSUER } from "./causes-issuer.ts";
import { KEY } from "./causes-key.ts";
import { KEY_SET } from "./causes-key-set.ts";
import { KIND } from "./causes-kind.ts";
import { OAUTH } from "./causes-oauth.ts";
import { REVOKED } from "./causes-revoked.ts";
import { SCOPE } from "./causes-scope.ts";
import { SIGNATURE } from "./causes-signature.ts";
import { TIME } from "./causes-time.ts";
import { TOKEN } from "./causes-token.ts";
import { TRANSIT } from "./causes-transit.ts";
import { VERIFIER } from "./causes-verifier.ts";

export const CAUSE_WORDS: { readonly [C in CauseCode]: Tell<C> } = {
  ...TIME,
  ...TOKEN,
  ...KIND,
  ...KEY,
  ...KEY_SET,
  ...SIGNATURE,
  ...ISSUER,
  ...AUDIENCE,
  ...SCOPE,
  ...BINDING,
  ...REVOKED,
  ...VERIFIER,
  ...TRANSIT,
  ...OAUTH,
  ...AWS,
};
