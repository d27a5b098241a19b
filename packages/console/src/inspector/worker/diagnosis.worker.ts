/** Judges off the main thread, so that typing never stutters. */
import { InquiryError } from "@assay/diagnosis";
import { judge } from "./judge.ts";
import type { Answer, Answered, Asked } from "./question.ts";

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  const reply = (answer: Answer): void =>
    postMessage({ id: data.id, answer } satisfies Answered);
  judge(data.question).then(reply, (error: unknown) =>
    reply(
      error instanceof InquiryError
        ? { error: error.message, own: null }
        : { error: String(error), own: "failed" },
    ),
  );
});
