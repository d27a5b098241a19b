import type { Witness } from "../../oauth/facts.ts";

const WORDS: Readonly<Record<Witness, string>> = {
  comparison: "ein Vergleich zeigt es",
  history: "der Verlauf zeigt es",
  request: "die Anfrage selbst zeigt es",
  answer: "die Antwort des Servers sagt es",
  usual: "das bedeutet eine solche Antwort meistens",
};

/** What tells of a cause, where no value says it better. */
export const witness = (by: Witness): string => WORDS[by];
