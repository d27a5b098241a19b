import { askWorker } from "./page-worker.ts";
import type { PastedText } from "./pasted-text.ts";
import type { Answer, Judged, NotJudged, Question } from "./question.ts";
import { useNewest } from "./use-newest.ts";

/** What was asked about: the same when it is judged anew because time has gone on. */
interface About {
  readonly asked: PastedText;
}

export type Answered = Answer & About;
export type JudgedText = Judged & About;

/** The answer to the newest question; the one before stays until it comes. The question must be the same object as long as it asks the same. */
export const useAnswer = (question: Question | null): Answered | null =>
  useNewest(question, answerTo)?.answer ?? null;

const NO_WORKER: NotJudged = { error: "", own: "worker" };

const answerTo = async (question: Question): Promise<Answered> => ({
  ...(await askWorker("judge", question).catch(() => NO_WORKER)),
  asked: question.text,
});
