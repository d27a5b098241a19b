import { finding } from "@assay/token";
import { expiredFinding } from "../findings.ts";
import {
  codeOf,
  isCodeGrant,
  namesOf,
  secondsOf,
  type Exchange,
} from "../exchange.ts";

/** RFC 6749 section 4.1.2: a code lives for ten minutes at most. */
const GREATEST_AGE = 600;
/** Shorter than this no server sets it. */
const LEAST_AGE = 55;

/** An authorization code that was redeemed before, is too old, or belongs to another client. */
export function detectCode(exchange: Exchange): void {
  const code = codeOf(exchange);
  if (!isCodeGrant(exchange) || code === null) return;
  const { history, now, authentication } = exchange;
  const names = namesOf(code);
  const own = history.filter(
    ({ tokenId }) => tokenId !== undefined && names.includes(tokenId),
  );
  const used = own.find(
    ({ event }) => event === "code.redeemed" || event === "token.reused",
  );
  if (used) {
    exchange.suspect("oauth.code_reused", {
      confidence: "certain",
      facts: { by: "history", firstUseSecondsAgo: now - secondsOf(used.at) },
      finding: finding("revocation.grant", {
        at: used.at,
        event: used.event,
        by: null,
      }),
      weight: 80,
    });
    return;
  }
  const issued = own.find(({ event }) => event === "code.issued");
  if (own.length > 0) exchange.ruledOut.add("oauth.code_reused");
  const client = issued?.clientId;
  if (
    client !== undefined &&
    authentication.clientId !== null &&
    client !== authentication.clientId
  )
    exchange.suspect("oauth.refresh_other_client", {
      confidence: "certain",
      facts: {
        by: "comparison",
        what: "code",
        issuedTo: client,
        sentBy: authentication.clientId,
      },
      finding: finding("audience.party_mismatch", {
        expected: [client],
        found: authentication.clientId,
        claim: "client_id",
      }),
      weight: 75,
    });
  judgeAge(
    exchange,
    issued ? secondsOf(issued.at) : (exchange.authorizations.own?.at ?? null),
  );
}

function judgeAge(exchange: Exchange, issued: number | null): void {
  if (issued === null) return;
  const age = exchange.now - issued;
  if (age < LEAST_AGE) {
    exchange.ruledOut.add("oauth.code_expired");
    return;
  }
  const old = age >= GREATEST_AGE;
  exchange.suspect("oauth.code_expired", {
    confidence: old ? "certain" : age >= 2 * LEAST_AGE ? "likely" : "possible",
    facts: { by: "history", what: "code", ageSeconds: age },
    finding: expiredFinding(
      exchange.now,
      old ? issued + GREATEST_AGE : issued + LEAST_AGE,
    ),
    weight: 40,
  });
}
