/** What the editor begins with, and what an API expects of it. */
import { readPasted, type InquiryPolicy } from "@assay/diagnosis";
import type { Asking } from "../use-asking.ts";
import { ownToken, pastedToken, type StartToken } from "./start-token.ts";

export interface Start extends StartToken {
  /** What is asked of it in the inspector; where nothing is, what it says itself. */
  readonly policy: InquiryPolicy;
  /** The clock, in milliseconds since the epoch; null: the machine's. */
  readonly now: number | null;
}

export function ownStart(): Start {
  const token = ownToken();
  return { ...token, policy: expectedBy(token), now: null };
}

/** null: no token that can be read was pasted. */
export function pastedStart({
  text,
  demanded,
}: Pick<Asking, "text" | "demanded">): Start | null {
  const token = pastedToken(text);
  if (token === null) return null;
  const { policy: brought, now } = readPasted(text).inquiry;
  return {
    ...token,
    policy: { ...expectedBy(token), ...brought, ...demanded.policy },
    now: demanded.now ?? (now === undefined ? null : Date.parse(now)),
  };
}

function expectedBy({ claims }: StartToken): InquiryPolicy {
  const { iss, aud, scope } = claims as Readonly<Record<string, unknown>>;
  const audience = [aud].flat().filter((one) => typeof one === "string");
  return {
    ...(typeof iss === "string" && { issuer: iss }),
    ...(audience.length > 0 && { audience }),
    ...(typeof scope === "string" &&
      scope !== "" && { scopes: scope.split(" ") }),
  };
}
