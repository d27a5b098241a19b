/** Events as the issuer takes them (docs/guides/what-to-log.md, "What guards tell the issuer"). */
import type { AuditCause, AuditEvent } from "../audit-event.ts";
import type { Batch } from "./waiting-events.ts";

export interface BatchHead {
  readonly resource: string;
  readonly boot: string;
}

/** The longest that the issuer takes of evidence and of facts, as JSON. */
const LONGEST = 4096;

export const batchBody = (head: BatchHead, { events, next }: Batch): string =>
  JSON.stringify({
    ...head,
    events: events.map(({ sequence, event }) => ({
      sequence,
      ...told(event),
    })),
    next,
  });

/** Without what follows from the rest: what the caller was told to do, and the sentences of a cause. */
function told(event: AuditEvent): object {
  if (event.event === "token.admitted" || event.event === "audit.counted")
    return event;
  const { action: _, cause, evidence, ...rest } = event;
  return {
    ...rest,
    evidence: bounded(evidence),
    cause: cause && causeTold(cause),
  };
}

const causeTold = ({ code, confidence, facts }: AuditCause): object => ({
  code,
  confidence,
  facts: bounded(facts) ?? {},
});

const bounded = (facts: object | null): object | null =>
  JSON.stringify(facts).length <= LONGEST ? facts : null;
