/** Judges off the main thread, so that typing never stutters. Nothing is fetched: everything is in the message. */
import { diagnose, readInquiry, report } from "@assay/diagnosis";
import type { Answer, Question } from "./inspector/question.ts";

async function answer({ id, inquiry, now }: Question): Promise<Answer> {
  try {
    const diagnosis = await diagnose(readInquiry({ ...inquiry, now: new Date(now).toISOString() }));
    return { id, diagnosis, report: report(diagnosis, now / 1000), error: null };
  } catch (error) {
    return { id, diagnosis: null, report: null, error: error instanceof Error ? error.message : "The text could not be judged." };
  }
}

addEventListener("message", (event: MessageEvent<Question>) => {
  void answer(event.data).then((reply) => postMessage(reply));
});
