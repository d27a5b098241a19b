import { hiddenLength } from "../oauth/not-shown.ts";
import { quoted } from "./untrusted.ts";

/** A name in quotation marks; of one that may be a secret only its length. */
export function named(name: string): string {
  const length = hiddenLength(name);
  return length === null
    ? quoted(name)
    : `“…” (${length} characters, not shown)`;
}
