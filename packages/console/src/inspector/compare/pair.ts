/** The two tokens that a text brings: an inquiry may know the token before the refresh, or as the client has it. */
import type { PastedText } from "../worker/pasted-text.ts";
import type { Read } from "../worker/question.ts";

export interface Pair {
  readonly first: string;
  readonly second: string;
}

/** A text that is too large for a box is there as the token that was found in it. */
export function pairIn(text: PastedText, read: Read): Pair {
  const { earlier = null, sent = null } = read ?? {};
  if (earlier !== null) return { first: earlier, second: sent ?? "" };
  return { first: typeof text === "string" ? text : (sent ?? ""), second: "" };
}
