/** Why a token is not active: the whole reason, for the handle alone. null: it is. */
import type { CauseCode } from "@assay/diagnosis";
import type { RefusalDetail } from "../errors.ts";
import type { EndedBy } from "../store/records.ts";
import type { Presented } from "../tokens/find-presented.ts";
import { ENDED_REASON } from "../tokens/ended-reason.ts";
import { endOf } from "../tokens/refresh-family.ts";

/** `now` in milliseconds. */
export function inactivity(
  presented: Presented,
  now: number,
): RefusalDetail | null {
  switch (presented.kind) {
    case "none":
      return {
        reason: presented.finding?.reason ?? null,
        cause: null,
        facts: {
          form: presented.form,
          tokenIssuer: presented.tokenIssuer ?? null,
        },
      };
    case "access": {
      const { token, ended } = presented.found;
      const known = {
        clientId: token.clientId,
        tokenId: token.tokenId,
        ...(token.grantId !== null && { grantId: token.grantId }),
        ...(token.subject !== null && { subject: token.subject }),
      };
      if (ended)
        return {
          ...known,
          reason: ENDED_REASON[ended.by],
          cause: CAUSES[ended.by] ?? null,
          facts: { at: new Date(ended.at).toISOString() },
        };
      return now >= token.expiresAt
        ? {
            ...known,
            reason: "expiration.expired",
            cause: null,
            facts: { expiredAt: new Date(token.expiresAt).toISOString() },
          }
        : null;
    }
    case "refresh":
      return refreshInactivity(presented.found, now);
  }
}

/** What was presented: the diagnosis cannot see it. */
const REFRESH = { kind: "refresh" } as const;

function refreshInactivity(
  {
    tokenId,
    generation,
    family,
    grant,
  }: Extract<Presented, { kind: "refresh" }>["found"],
  now: number,
): RefusalDetail | null {
  const known = {
    clientId: family.clientId,
    tokenId,
    grantId: family.grantId,
    ...(grant.subject !== null && { subject: grant.subject }),
  };
  const end = endOf(family, grant, now);
  if (end?.why === "revoked" || end?.why === "grant_revoked")
    return {
      ...known,
      reason: "revocation.grant",
      cause: null,
      facts: { ...REFRESH, at: new Date(end.since).toISOString() },
    };
  if (generation !== family.generation)
    return {
      ...known,
      reason: "revocation.grant",
      cause: "oauth.refresh_not_stored",
      facts: {
        ...REFRESH,
        event: "token.refreshed",
        generationsBehind: family.generation - generation,
      },
    };
  return (
    end && {
      ...known,
      reason: "expiration.expired",
      cause:
        end.why === "idle" ? "oauth.refresh_idle" : "oauth.refresh_expired",
    }
  );
}

/** What is known of the cause by who ended it. */
const CAUSES: Readonly<Partial<Record<EndedBy, CauseCode>>> = {
  client: "revoked.by_administrator",
  key: "revoked.by_administrator",
  all: "revoked.not_before",
};
