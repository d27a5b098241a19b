/** Facts of every cause of requests to AWS, with one text in each place where a stranger's text can stand. */
import type { CauseCode, Facts } from "@assay/diagnosis";

export const AWS_FACTS: {
  readonly [C in Extract<CauseCode, `aws.${string}`>]: (
    text: string,
  ) => Facts[C];
} = {};
