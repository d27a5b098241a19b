/** Facts of every cause of OAuth endpoints, with one text in each place where a stranger's text can stand. */
import type { CauseCode, Facts } from "@assay/diagnosis";

export const OAUTH_FACTS: {
  readonly [C in Extract<CauseCode, `oauth.${string}`>]: (
    text: string,
  ) => Facts[C];
} = {};
