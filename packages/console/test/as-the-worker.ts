/** What the page's worker makes of a text, made here. */
import { readPasted } from "@assay/diagnosis";
import { pairIn, type Pair } from "../src/inspector/compare/pair.ts";
import type { StartToken } from "../src/inspector/edit/start-token.ts";
import {
  showInquiry,
  type Shown,
} from "../src/inspector/expectations/from-inquiry.ts";
import { judge } from "../src/inspector/worker/judge.ts";
import type { Judged, Question } from "../src/inspector/worker/question.ts";
import { readingOf, type Reading } from "../src/inspector/worker/reading.ts";

/** A question about a text that a box can hold. */
export type ShortQuestion = Pick<Question, "policy" | "now"> & {
  readonly text: string;
};

const readText = (text: string): Reading => readingOf(readPasted(text));

export const judgeText = async (question: ShortQuestion): Promise<Judged> =>
  judge(question, readPasted(question.text));

export const shownOf = (text: string): Shown =>
  showInquiry(text, readText(text));

export const pairOf = (text: string): Pair => pairIn(text, readText(text));

export const tokenOf = (text: string): StartToken | null =>
  readText(text).token;
