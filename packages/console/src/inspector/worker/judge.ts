/** What is judged: what was pasted, what the form says, and the clock. Nothing is fetched: everything is in the question. */
import {
  diagnose,
  readInquiry,
  type Inquiry,
  type Pasted,
} from "@assay/diagnosis";
import type { Judged, Question } from "./question.ts";
import { captureRead } from "./capture-read.ts";

/** Throws InquiryError where the question is none. */
export async function judge(
  { policy, now }: Pick<Question, "policy" | "now">,
  pasted: Pasted,
): Promise<Judged> {
  const { inquiry: brought, form } = pasted;
  const given = brought.policy ?? {};
  const at = now ?? (brought.now ? Date.parse(brought.now) : Date.now());
  const inquiry: Inquiry = {
    ...brought,
    policy: { ...given, ...policy },
    now: new Date(at).toISOString(),
  };
  const read = readInquiry(inquiry);
  return {
    form,
    capture: captureRead(pasted),
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
