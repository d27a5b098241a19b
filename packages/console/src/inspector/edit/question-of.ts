import type { InquiryPolicy } from "@assay/diagnosis";
import type { Question } from "../worker/question.ts";
import { knownKeys, type KeyPair, type Way } from "./forge.ts";
import type { Start } from "./start.ts";

/** What an inquiry says of keys. */
const OF_KEYS: readonly string[] = [
  "keys",
  "jwksUri",
  "secret",
  "secretEncoding",
  "publicKey",
  "algorithms",
] satisfies readonly (keyof InquiryPolicy)[];

/** An old signature is judged with the keys that were known before, any other with the page's own. */
export function questionOf(
  token: string,
  way: Way,
  keys: KeyPair,
  { policy, now }: Start,
): Question {
  const others = Object.entries(policy).filter(
    ([name]) => !OF_KEYS.includes(name),
  );
  return {
    text: token,
    request: null,
    policy:
      way === "kept"
        ? policy
        : { ...Object.fromEntries(others), ...knownKeys(keys) },
    now,
    round: 0,
  };
}
