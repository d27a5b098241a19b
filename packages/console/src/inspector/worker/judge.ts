/** What is judged: what was pasted, what the form says, and the clock. Nothing is fetched: everything is in the question. */
import {
  diagnose,
  readInquiry,
  readPasted,
  type Inquiry,
} from "@assay/diagnosis";
import type { Judged, Question } from "./question.ts";

/** Throws InquiryError where the question is none. */
export async function judge({ text, policy, now }: Question): Promise<Judged> {
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
    asked: text,
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
