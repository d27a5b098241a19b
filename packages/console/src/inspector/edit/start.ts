/** What the editor begins with, and what an API expects of it. */
import type { InquiryPolicy } from "@assay/diagnosis";
import type { Demanded } from "../expectations/expectations.ts";
import type { Read } from "../worker/question.ts";
import { ownToken, type StartToken } from "./start-token.ts";

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
export function pastedStart(read: Read, demanded: Demanded): Start | null {
  if (!read?.token) return null;
  const { token, policy: brought, now } = read;
  return {
    ...token,
    policy: { ...expectedBy(token), ...brought, ...demanded.policy },
    now: demanded.now ?? (now === null ? null : Date.parse(now)),
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
