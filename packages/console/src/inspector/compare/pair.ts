/** The two tokens that a text brings: an inquiry may know the token before the refresh, or as the client has it. */
import { readPasted } from "@assay/diagnosis";

export interface Pair {
  readonly first: string;
  readonly second: string;
}

export function pairIn(text: string): Pair {
  const { token, context } = readPasted(text).inquiry;
  const earlier = context?.previousToken ?? context?.clientToken;
  return earlier === undefined
    ? { first: text, second: "" }
    : { first: earlier, second: token ?? "" };
}
