/** Judges off the main thread, so that typing never stutters. Nothing is fetched: everything is in the question. */
import {
  diagnose,
  InquiryError,
  readInquiry,
  readPasted,
  report,
  type Inquiry,
} from "@assay/diagnosis";
import type { Answer, Answered, Asked, Question } from "./question.ts";

async function judge({ text, policy, now }: Question): Promise<Answer> {
  const { inquiry: pasted, form } = readPasted(text);
  const given = pasted.policy ?? {};
  const at = now ?? (pasted.now ? Date.parse(pasted.now) : Date.now());
  const inquiry: Inquiry = {
    ...pasted,
    policy: { ...given, ...policy },
    now: new Date(at).toISOString(),
  };
  const diagnosis = await diagnose(readInquiry(inquiry));
  const { token } = diagnosis;
  return { form, report: report(diagnosis, at / 1000), token, given, now: at };
}

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  const reply = (answer: Answer): void =>
    postMessage({ id: data.id, answer } satisfies Answered);
  judge(data.question).then(reply, (error: unknown) =>
    reply({
      error:
        error instanceof InquiryError
          ? error.message
          : `the inspector itself failed (${String(error)})`,
    }),
  );
});
