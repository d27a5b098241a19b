import type { Case, Judgement } from "../case.ts";
import type { MaybePromise } from "../crypto/platform.ts";

const NOT_ASKED = { because: "the policy names nobody who knows what is revoked" };

/** Whether the token was ended before its time. Only who issued it knows; the policy's source asks. */
export function judgeRevocation({ policy, header, claims, unreadable }: Case): MaybePromise<Judgement> {
  const source = policy.given.revocation;
  if (!source) return NOT_ASKED;
  if (!header || !claims || unreadable.length > 0) return { needs: "format" };
  const findings = source.check({ header, claims });
  return findings instanceof Promise ? findings.then((found) => (found.length > 0 ? found : null)) : findings.length > 0 ? findings : null;
}
