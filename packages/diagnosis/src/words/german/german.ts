import type { Language } from "../language.ts";
import { CAUSE_DEFINITIONS } from "./cause-definitions.ts";
import { CAUSE_WORDS } from "./causes.ts";
import { FINDINGS } from "./findings.ts";
import { phrase } from "./phrases.ts";
import { REASON_DEFINITIONS } from "./reason-definitions.ts";
import { distance, duration } from "./time.ts";
import { VERDICT } from "./verdict.ts";

/** German, in everything that an answer says. Codes, steps, claims and headers keep their names. */
export const GERMAN: Language = {
  tag: "de",
  verdict: VERDICT,
  findings: FINDINGS,
  causes: CAUSE_WORDS,
  reasonDefinitions: REASON_DEFINITIONS,
  causeDefinitions: CAUSE_DEFINITIONS,
  actors: {
    client: "der Client, der die Anfrage sendet",
    issuer: "der Aussteller des Tokens",
    resource_server: "die API, die das Token prüft",
    operator: "wer diese Systeme betreibt und konfiguriert",
    network: "wer das Netz und die Proxys dazwischen betreibt",
  },
  states: {
    passed: "bestanden",
    failed: "gescheitert",
    undecided: "unentschieden",
    "not-asked": "nicht verlangt",
    "not-reached": "nicht erreicht",
  },
  // As short as the column of labels on a terminal.
  firstCause: {
    certain: "Ursache, belegt",
    likely: "Wahrscheinlich",
    possible: "Möglicherweise",
  },
  otherCause: {
    certain: "Auch belegt",
    likely: "Wohl auch",
    possible: "Vielleicht auch",
  },
  labels: {
    who: "Wer",
    do: "Zu tun",
    evidence: "Belege",
    toKnowMore: "Noch zu klären",
    time: "Zeit",
  },
  times: {
    iat: ["ausgestellt", "ausgestellt"],
    nbf: ["begann", "beginnt"],
    exp: ["abgelaufen", "läuft ab"],
  },
  now: "jetzt",
  duration,
  distance,
  withoutStep: (step) => `ohne den Schritt ${step} nicht zu beurteilen`,
  phrase,
};
