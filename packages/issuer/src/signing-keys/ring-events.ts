/** What the journal says of a change of the ring. */
import type { EventName, JournalEntry } from "../journal/events.ts";
import type { SigningKeyRecord } from "../store/records.ts";
import type { RingPolicy } from "./ring-policy.ts";
import { readyAt, type RingReason } from "./ring.ts";

/** One entry for each step of each key. `before` lacks the keys that are new. */
export function ringEvents(
  before: readonly SigningKeyRecord[],
  written: readonly SigningKeyRecord[],
  reason: RingReason,
  now: number,
  policy: RingPolicy,
  newId: () => string,
): readonly JournalEntry[] {
  return written.flatMap((key) => {
    const was = before.find(({ kid }) => kid === key.kid);
    return steps(was, key).map((event) => ({
      id: newId(),
      at: now,
      event,
      tokenId: key.kid,
      facts: {
        algorithm: key.algorithm,
        reason,
        ...(event === "key.activated" && {
          // Verifiers that kept an older set had not fetched it yet.
          early: (key.activatedAt ?? 0) < readyAt(key, policy),
        }),
        ...(event === "key.withdrawn" && { was: was?.state ?? null }),
      },
      personal: null,
    }));
  });
}

function steps(
  was: SigningKeyRecord | undefined,
  is: SigningKeyRecord,
): readonly EventName[] {
  const published: readonly EventName[] = was ? [] : ["key.published"];
  if (was?.state === is.state) return published;
  switch (is.state) {
    case "next":
      return published;
    case "current":
      return [...published, "key.activated"];
    case "retired":
      return ["key.retired"];
    case "withdrawn":
      return ["key.withdrawn"];
  }
}
