import type { KeySource } from "./keys/key-source.ts";
import { decodeStatusList, type StatusList } from "./status-list.ts";
import type { Claims } from "./token.ts";
import { finding, type Finding, type Verdict } from "./verdict.ts";
import { createVerifier } from "./verifier.ts";

export interface StatusListExpectations {
  /** The `uri` of the token whose status is asked; `sub` must be equal to it. */
  readonly uri: string;
  /** The keys of whoever issues the list. */
  readonly keys: KeySource;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Accepted values of iss. The draft asks for none; null, the default, waives it. */
  readonly issuer?: string | readonly string[] | null;
  readonly algorithms?: readonly string[];
  /** Seconds by which the clocks may differ. Default 0. */
  readonly clockTolerance?: number;
  /** Longest list token in characters, and largest list in bytes. Default 8 MiB each. */
  readonly maxLength?: number;
  readonly maxBytes?: number;
}

/** A list that may be used, or why none can be: then the status stays open, and is never "valid". */
export type CheckedStatusList =
  | {
      readonly list: StatusList;
      /** When the list was issued, in seconds since the epoch. */
      readonly iat: number;
      /** Seconds since the epoch; not to be used from here on. null: the list does not say. */
      readonly exp: number | null;
      /** Seconds after which a newer list should be fetched. null: the list does not say. */
      readonly ttl: number | null;
    }
  | { readonly findings: readonly Finding[] };

/**
 * Verifies a status list token (draft-ietf-oauth-status-list-21 sections 5.1 and 8.3): signature, time, typ and sub; then unpacks it. It
 * does not fetch, and does not promise that there is no newer list. Never rejects for what the token holds.
 */
export async function checkStatusListToken(
  jwt: string,
  expected: StatusListExpectations,
): Promise<CheckedStatusList> {
  const {
    uri,
    keys,
    now,
    issuer = null,
    algorithms,
    clockTolerance = 0,
    maxLength = 8 * 1024 * 1024,
    maxBytes,
  } = expected;
  const unavailable = (problem: string): CheckedStatusList => ({
    findings: [finding("revocation.unavailable", { source: uri, problem })],
  });
  const verdict = await createVerifier({
    kind: "any",
    issuer,
    audience: null,
    keys,
    claims: { sub: uri },
    requiredClaims: ["iat", "status_list"],
    clockTolerance,
    maxLength,
    clock: () => now * 1000,
    ...(algorithms && { algorithms }),
  }).verify(jwt);
  if (verdict.outcome !== "accepted") return unavailable(refusal(verdict));
  const { header, claims } = verdict.token;
  // Another kind of token of the same issuer must not pass for a list (RFC 8725 section 3.11).
  if (
    header.typ?.toLowerCase().replace(/^application\//, "") !== "statuslist+jwt"
  )
    return unavailable("typ is not statuslist+jwt");
  const { ttl } = claims;
  if (ttl !== undefined && !(typeof ttl === "number" && ttl > 0))
    return unavailable("ttl is not a number above 0");
  const list = await decodeStatusList(claims["status_list"], maxBytes);
  return "unavailable" in list
    ? unavailable(list.unavailable)
    : {
        list,
        iat: claims.iat as number,
        exp: claims.exp ?? null,
        ttl: ttl ?? null,
      };
}

function refusal(
  verdict: Exclude<Verdict<Claims>, { outcome: "accepted" }>,
): string {
  if (verdict.reason === "expiration.expired")
    return "the status list has expired";
  if (
    verdict.reason === "audience.claim_mismatch" &&
    verdict.evidence.claim === "sub"
  )
    return "the status list is for another uri";
  return `the status list token was ${verdict.outcome === "undecided" ? "left undecided" : "refused"}: ${verdict.reason}`;
}
