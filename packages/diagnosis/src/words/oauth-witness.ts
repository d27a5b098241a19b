import type { Witness } from "../oauth/facts.ts";

const WORDS: Readonly<Record<Witness, string>> = {
  comparison: "a comparison shows it",
  history: "the history tells of it",
  request: "the request itself shows it",
  answer: "the server's answer says so",
  usual: "it is what such an answer mostly means",
};

/** What tells of a cause, where no value says it better. */
export const witness = (by: Witness): string => WORDS[by];
