/** What a server's words alone make likely or leave possible, and what would decide between it. Never certain: nothing was computed. */
import type { Reason } from "@assay/token";
import type { Confidence } from "./diagnosis.ts";
import type { Investigation } from "./investigation.ts";
import {
  BY_REASON,
  WOULD_DECIDE_ALL,
  wouldDecide,
} from "./messages/by-reason.ts";
import { HEARD_FACTS, type Heard } from "./messages/heard-facts.ts";
import { readStatement } from "./testimony-answer.ts";

/** Between suspicions of what was seen, which come first, and the last resort. */
const WEIGHT = 1;

/** For an answer of which neither the token nor the request is known. */
export function suspectHeard(i: Investigation): void {
  if (i.inquiry.token !== undefined || i.inquiry.request) return;
  const { response } = i.inquiry;
  const statement = readStatement(response, { alone: true });
  // An answer that says nothing, or no answer at all.
  if (!statement && (response?.status ?? 0) < 400) return;
  const message = statement?.message ?? null;
  const reasons = message?.reasons ?? [
    statement?.reason ?? "request.token_missing",
  ];
  const heard = { product: message?.product ?? null, reasons };
  const { likely = [], possible = [] } = message ?? {};
  suspectAll(i, heard, likely, "likely");
  const usual =
    likely.length + possible.length > 0
      ? possible
      : reasons.flatMap((reason) => BY_REASON[reason]);
  suspectAll(i, heard, usual, "possible");
  const needs =
    message?.open || !statement
      ? WOULD_DECIDE_ALL
      : reasons.flatMap(wouldDecide);
  for (const need of needs) i.wouldTell(need);
}

function suspectAll(
  i: Investigation,
  { product, reasons }: { product: string | null; reasons: readonly Reason[] },
  causes: readonly Heard[],
  confidence: Confidence,
): void {
  causes.forEach((heard, place) => {
    const { cause, facts } =
      typeof heard === "string"
        ? { cause: heard, facts: HEARD_FACTS[heard] }
        : heard;
    // From `heard` the sentences know that nothing but the words speaks for it: see `wordsOf`.
    i.suspect(cause, {
      confidence,
      facts: { ...facts, heard: product } as never,
      explains: reasons,
      weight: WEIGHT - place / 100,
    });
  });
}
