import type { Case, Judgement } from "../case.ts";
import { chain } from "../crypto/chain.ts";
import type { MaybePromise } from "../crypto/platform.ts";

const NOT_ASKED = {
  because: "the policy names nobody who knows what is revoked",
};
const NOT_KNOWN = { because: "nobody is known who says what is revoked" };

/** Whether the token was ended before its time. Only who issued it knows; the policy's source asks. */
export function judgeRevocation({
  policy,
  header,
  claims,
  unreadable,
}: Case): MaybePromise<Judgement> {
  const source = policy.given.revocation;
  if (!source) return NOT_ASKED;
  if (!header || !claims || unreadable.length > 0) return { needs: "format" };
  return chain(source.check({ header, claims }), (found) => {
    if (found === null) return NOT_KNOWN;
    // Anything else, such as a bare true, could mean either.
    if (!Array.isArray(found))
      throw new TypeError(
        `policy.revocation: expected a list of findings, or null; found ${typeof found}`,
      );
    return found.length > 0 ? found : null;
  });
}
