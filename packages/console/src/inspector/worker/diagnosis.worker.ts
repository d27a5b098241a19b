/** Reads and judges off the main thread, so that typing never stutters, however long the text is. */
import { InquiryError } from "@assay/diagnosis";
import { judge } from "./judge.ts";
import type { Answered, NotJudged, Question, Read, Told } from "./question.ts";
import { readingOf } from "./reading.ts";
import { Readings, UnreadableText } from "./readings.ts";
import { NoText } from "./text-of.ts";
import type { Subject } from "./pasted-text.ts";

const readings = new Readings();

addEventListener("message", ({ data }: MessageEvent<Told>) => {
  if ("file" in data) readings.takeFile(data.large, data.file);
  else if ("part" in data) readings.takePart(data.large, data.part, data.last);
  else if ("large" in data) readings.forget(data.large);
  else
    void ("judge" in data ? judged(data.judge) : read(data.read)).then(
      (answer) => postMessage({ id: data.id, answer } satisfies Answered),
    );
});

const judged = async (question: Question): Promise<Answered["answer"]> =>
  readings
    .of(question)
    .then((pasted) => judge(question, pasted))
    .catch(notJudged);

const read = async (subject: Subject): Promise<Read> =>
  readings.of(subject).then(readingOf, () => null);

function notJudged(error: unknown): NotJudged {
  if (error instanceof InquiryError) return { error: error.message, own: null };
  const own =
    error instanceof UnreadableText
      ? "file"
      : error instanceof NoText
        ? "noText"
        : "failed";
  return { error: String(error), own };
}
