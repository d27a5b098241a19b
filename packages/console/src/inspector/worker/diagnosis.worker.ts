/** Judges off the main thread, so that typing never stutters. Nothing is fetched: everything is in the question. */
import {
  diagnose,
  InquiryError,
  readInquiry,
  readPasted,
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
  const read = readInquiry(inquiry);
  return {
    form,
    diagnosis: await diagnose(read),
    policy: read.policy ?? {},
    given,
    headers: read.request
      ? Object.keys(read.request.headers ?? {}).map((name) =>
          name.toLowerCase(),
        )
      : null,
    now: at,
  };
}

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
