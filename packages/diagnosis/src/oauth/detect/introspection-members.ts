import { finding, type Finding } from "@assay/token";
import type { CauseCode, Facts } from "../../causes.ts";
import { expiredFinding } from "../findings.ts";
import type { Exchange } from "../exchange.ts";
import { jsonObject } from "../json-object.ts";

/** Bodies longer than this are not read, in characters. */
const LONGEST = 70_000;

/**
 * What the server tells of an active token (RFC 7662 section 2.2) against what the asker demands: "active" says that the server vouches for
 * the token, and not that it is good for this API. Members that are missing are not judged.
 */
export function judgeMembers(exchange: Exchange): void {
  const { policy } = exchange.inquiry;
  const members = jsonObject(
    (exchange.inquiry.response?.body ?? "").slice(0, LONGEST),
  );
  if (!policy || !members) return;
  const { exp, iss, aud, scope } = members;
  if (
    typeof exp === "number" &&
    exp <= exchange.now - (policy.clockTolerance ?? 0)
  )
    tell(exchange, expiredFinding(exchange.now, exp), "time.expired", {
      exp,
      bySeconds: exchange.now - exp,
      lifetimeSeconds: null,
    });
  const issuers = listOf(policy.issuer);
  if (typeof iss === "string" && issuers.length > 0 && !issuers.includes(iss))
    tell(
      exchange,
      finding("issuer.mismatch", { expected: issuers, found: iss }),
      "issuer.other",
      { expected: issuers[0] ?? "", found: iss.slice(0, 300) },
    );
  const audiences = listOf(policy.audience);
  const found = listOf(aud);
  if (
    found.length > 0 &&
    audiences.length > 0 &&
    !audiences.some((each) => found.includes(each))
  )
    tell(
      exchange,
      finding("audience.mismatch", { expected: audiences, found }),
      "audience.other",
      { expected: audiences.slice(0, 4), found: found.slice(0, 4) },
    );
  const granted = typeof scope === "string" ? scope.split(" ") : null;
  const lacking = (policy.scopes ?? []).filter(
    (one) => granted !== null && !granted.includes(one),
  );
  if (granted !== null && lacking.length > 0)
    tell(
      exchange,
      finding("scope.insufficient", {
        needed: policy.scopes ?? [],
        found: granted,
        lacking,
        shape: "string",
      }),
      "scope.not_granted",
      { lacking },
    );
}

function tell<C extends CauseCode>(
  exchange: Exchange,
  found: Finding,
  cause: C,
  facts: Facts[C],
): void {
  exchange.suspect(cause, {
    confidence: "likely",
    facts,
    finding: found,
    // The first check that fails gives the reason.
    weight: 70 - exchange.faults.length,
  });
}

const listOf = (value: unknown): readonly string[] =>
  [value].flat().filter((each) => typeof each === "string");
