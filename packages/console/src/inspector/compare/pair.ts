/** The two tokens that a text brings: an inquiry may know the token before the refresh, or as the client has it. */
import { readPasted } from "@assay/diagnosis";
import { tokensIn } from "../edit/start-token.ts";

export interface Pair {
  readonly first: string;
  readonly second: string;
}

export function pairIn(text: string): Pair {
  const { inquiry } = readPasted(text);
  const { previousToken, clientToken } = inquiry.context ?? {};
  const earlier = previousToken ?? clientToken;
  return earlier === undefined
    ? { first: text, second: "" }
    : { first: earlier, second: tokensIn(inquiry)[0] ?? "" };
}
