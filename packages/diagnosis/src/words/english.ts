import { CAUSE_DEFINITIONS } from "./cause-definitions.ts";
import { CAUSE_WORDS } from "./causes.ts";
import { FINDINGS } from "./findings.ts";
import type { Language } from "./language.ts";
import { REASON_DEFINITIONS } from "./reason-definitions.ts";
import { distance, duration } from "./time.ts";
import { untrusted } from "./untrusted.ts";
import { VERDICT } from "./verdict.ts";

/** English: the language of the contract, of the command and of the server. */
export const ENGLISH: Language = {
  tag: "en",
  verdict: VERDICT,
  findings: FINDINGS,
  causes: CAUSE_WORDS,
  reasonDefinitions: REASON_DEFINITIONS,
  causeDefinitions: CAUSE_DEFINITIONS,
  actors: {
    client: "the client that sends the request",
    issuer: "the issuer of the token",
    resource_server: "the API that checks the token",
    operator: "whoever runs and configures these systems",
    network: "whoever runs the network and the proxies in between",
  },
  states: {
    passed: "passed",
    failed: "failed",
    undecided: "undecided",
    "not-asked": "not asked",
    "not-reached": "not reached",
  },
  firstCause: {
    certain: "Cause, shown",
    likely: "Likely cause",
    possible: "Possible cause",
  },
  otherCause: {
    certain: "Also shown",
    likely: "Also likely",
    possible: "Also possible",
  },
  labels: {
    who: "Who",
    do: "Do",
    evidence: "Evidence",
    toKnowMore: "To know more",
    time: "Time",
  },
  times: {
    iat: ["issued", "issued"],
    nbf: ["began", "begins"],
    exp: ["expired", "expires"],
  },
  now: "now",
  duration,
  distance,
  withoutStep: (step) => `cannot be judged without the step ${step}`,
  phrase: untrusted,
};
