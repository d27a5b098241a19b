import type { Reason } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { lackingSetting, serverWords } from "./server-words.ts";

/**
 * The server refused an issuer, audience or key, and by all that is known they are the right ones: then the setting that was meant is
 * not in force.
 */
export function detectRefusedThoughRight(i: Investigation): void {
  const lacking = lackingSetting(serverWords(i.inquiry.response));
  const issuer = i.found("issuer.mismatch");
  if (issuer?.expected.includes(issuer.found))
    notInForce(i, "the issuer", "issuer.mismatch", 5);
  else if (lacking === "issuer" && i.policy.issuer === undefined)
    notInForce(i, "the issuer", "issuer.mismatch", 5);
  const audience = i.found("audience.mismatch");
  if (audience?.found.some((aud) => audience.expected.includes(aud)))
    notInForce(i, "the audience", "audience.mismatch", 5);
  else if (
    audience &&
    i.policy.audience === undefined &&
    (lacking === "audience" ||
      audience.found.some((aud) => isOwnAddress(i, aud)))
  ) {
    notInForce(i, "the audience", "audience.mismatch", 5);
  }
  if (lacking === "key" && i.keys === null) {
    for (const reason of [
      "signature.key_not_found",
      "signature.mismatch",
    ] as const)
      if (i.found(reason)) notInForce(i, "the key", reason, 40);
  }
}

function notInForce(
  i: Investigation,
  setting: string,
  reason: Reason,
  weight: number,
): void {
  i.suspect("verifier.not_configured", {
    confidence: "likely",
    facts: { setting },
    explains: [reason],
    weight,
  });
  i.wouldTell(
    "the verifier's configuration, as it is in force, would tell what it expects",
  );
}

/** The audience is the address that was called: whatever the server expects, it is hardly another one. */
function isOwnAddress(
  { inquiry: { request } }: Investigation,
  aud: string,
): boolean {
  if (
    request?.url === undefined ||
    !URL.canParse(request.url) ||
    !URL.canParse(aud)
  )
    return false;
  const [called, named] = [new URL(request.url), new URL(aud)];
  return (
    called.host === named.host &&
    `${called.pathname}/`.startsWith(named.pathname.replace(/\/?$/, "/"))
  );
}
