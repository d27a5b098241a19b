import type { CauseCode, Facts } from "../causes.ts";
import type { Asked, Judgement } from "../judges.ts";
import { findingIn } from "./finding-in.ts";

/** An assertion that is asked about without its request is judged as any token is, and its audience has a cause of its own. */
export async function assertionAlone({
  inquiry,
  diagnoseToken,
}: Asked): Promise<Judgement | null> {
  if (
    inquiry.policy?.kind !== "client_assertion" ||
    inquiry.token === undefined ||
    inquiry.request
  )
    return null;
  const diagnosis = await diagnoseToken(inquiry);
  const { outcome, reason, steps, causes, needs, token } = diagnosis;
  if (outcome !== "rejected" || reason === null) return null;
  const found = findingIn(diagnosis);
  const suspicions = causes.map(({ cause, confidence, facts }, i) =>
    suspicion(cause, facts, confidence, 50 - i),
  );
  const add = <C extends CauseCode>(
    cause: C,
    facts: Facts[C],
    weight: number,
  ): void => void suspicions.push(suspicion(cause, facts, "likely", weight));
  if (
    found?.reason === "audience.mismatch" ||
    found?.reason === "audience.missing"
  )
    add(
      "oauth.assertion_audience",
      {
        by: "comparison",
        expected: found.evidence.expected.slice(0, 4),
        found:
          "found" in found.evidence ? found.evidence.found.slice(0, 4) : [],
      },
      90,
    );
  else if (found?.reason === "expiration.lifetime_too_long")
    add(
      "oauth.assertion_time",
      {
        by: "comparison",
        how: "too_long",
        bySeconds: null,
        lifetimeSeconds: found.evidence.lifetimeSeconds,
      },
      10,
    );
  else if (found?.reason === "expiration.expired")
    add(
      "oauth.assertion_time",
      {
        by: "comparison",
        how: "expired",
        bySeconds: found.evidence.bySeconds,
        lifetimeSeconds: null,
      },
      10,
    );
  else if (found?.reason === "expiration.issued_in_future")
    add(
      "oauth.assertion_time",
      {
        by: "comparison",
        how: "future",
        bySeconds: found.evidence.bySeconds,
        lifetimeSeconds: null,
      },
      10,
    );
  else if (found?.reason === "binding.replayed")
    add("oauth.assertion_replayed", { by: "history", ageSeconds: null }, 10);
  else return null;
  return { outcome, reason, steps, suspicions, needs, token };

  function suspicion(
    cause: CauseCode,
    facts: unknown,
    confidence: string,
    weight: number,
  ): Judgement["suspicions"][number] {
    return {
      cause,
      confidence: confidence === "certain" ? "likely" : confidence,
      facts,
      explains: [reason],
      weight,
    } as never;
  }
}
