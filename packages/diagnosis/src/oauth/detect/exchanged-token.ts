import type { Diagnosis } from "../../diagnosis.ts";
import type { InquiryPolicy } from "../../inquiry.ts";
import { askAbout, type Exchange } from "../exchange.ts";
import { suspectToken } from "./suspect-token.ts";

/**
 * subject_token or actor_token of a token exchange (RFC 8693 section 2.1), judged as any token is. A policy that names an assertion speaks of
 * the client's own; without one, nothing is demanded but what every token owes.
 */
export async function judgeExchanged(
  exchange: Exchange,
  token: string,
): Promise<Diagnosis> {
  const given = exchange.inquiry.policy ?? {};
  const policy: InquiryPolicy =
    given.kind === "client_assertion"
      ? { kind: "any" }
      : { kind: "any", ...given };
  const diagnosis = await exchange.diagnoseToken(
    askAbout(exchange, token, policy),
  );
  if (diagnosis.outcome === "rejected") suspectToken(exchange, diagnosis, 78);
  return diagnosis;
}
