/** What the page needs to know of a text besides its verdict. */
import { readPasted, type InquiryPolicy, type Pasted } from "@assay/diagnosis";
import { tokenIn, tokensIn, type StartToken } from "../edit/start-token.ts";

export interface Reading {
  /** The first token in it whose header and claims can be read. */
  readonly token: StartToken | null;
  /** The token that was sent, as it stands there. */
  readonly sent: string | null;
  /** The token before the refresh, or as the client has it. */
  readonly earlier: string | null;
  /** An inquiry of a token, a policy and a clock alone: the token, where a box can hold it as it is. */
  readonly alone: string | null;
  readonly policy: InquiryPolicy;
  /** The clock that it names, ISO 8601. */
  readonly now: string | null;
}

export function readingOf({ inquiry, form }: Pasted): Reading {
  const { token, policy = {}, now = null, context, ...more } = inquiry;
  const alone =
    form === "inquiry" &&
    token !== undefined &&
    context === undefined &&
    Object.keys(more).length === 0 &&
    staysItself(token);
  return {
    token: tokenIn(inquiry),
    sent: tokensIn(inquiry)[0] ?? null,
    earlier: context?.previousToken ?? context?.clientToken ?? null,
    alone: alone ? token : null,
    policy,
    now,
  };
}

/** Of blanks alone nothing is asked; the box ends lines in its own way; and some tokens would be read as something else. */
const staysItself = (token: string): boolean =>
  token.trim() !== "" &&
  !token.includes("\r") &&
  readPasted(token).inquiry.token === token;
