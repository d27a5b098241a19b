import { headerValues } from "@assay/token";
import type { Diagnosis } from "../../diagnosis.ts";
import type { InquiryPolicy } from "../../inquiry.ts";
import { askAbout, type Exchange } from "../exchange.ts";
import { suspectToken } from "./suspect-token.ts";

/**
 * The access token that authorises a call of introspection or revocation (RFC 7662 section 2.1); null: there is none that could be at
 * fault. A server that answers the question has let the caller through.
 */
export function callerToken({
  inquiry,
  endpoint,
  answer,
}: Exchange): string | null {
  if (endpoint !== "introspection" && endpoint !== "revocation") return null;
  if (answer !== null && (answer.active !== null || answer.status < 400))
    return null;
  const [header = ""] = headerValues(inquiry.request ?? {}, "authorization");
  return /^\s*(?:Bearer|DPoP)\s+(\S{1,60000})\s*$/i.exec(header)?.[1] ?? null;
}

/** The caller's token, judged as for any API. */
export async function judgeCaller(
  exchange: Exchange,
  token: string,
): Promise<Diagnosis | null> {
  const { inquiry, answer } = exchange;
  const { audience: _, scopes: __, ...others } = inquiry.policy ?? {};
  // Before the server has refused the caller, audience and scopes are those that the token in question should have.
  const policy: InquiryPolicy = {
    kind: "any",
    ...(answer === null ? others : inquiry.policy),
  };
  const diagnosis = await exchange.diagnoseToken({
    ...askAbout(exchange, token, policy),
    ...(inquiry.response && { response: inquiry.response }),
  });
  if (diagnosis.outcome === "rejected") suspectToken(exchange, diagnosis, 84);
  // A good caller says nothing yet of the token that it asks about.
  return diagnosis.outcome === "accepted" && answer === null ? null : diagnosis;
}
