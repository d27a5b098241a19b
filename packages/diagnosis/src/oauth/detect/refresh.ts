import { finding, type Finding } from "@assay/token";
import type { Facts } from "../../causes.ts";
import { endingsOf } from "../../history.ts";
import { claimsOf, looksLikeJwt } from "../client-authentication.ts";
import {
  isRefreshGrant,
  namesOf,
  secondsOf,
  type Exchange,
} from "../exchange.ts";
import { expiredFinding } from "../findings.ts";
import { REFRESH_CAUSES, UNKNOWN_RETURN } from "../refresh-causes.ts";
import { judgeInHistory } from "../refresh-in-history.ts";
import type { RefreshJudgement } from "../refresh-judgement.ts";
import { judgeLifetime } from "../refresh-lifetime.ts";
import { senderOf } from "../sender.ts";
import { endedByUser } from "./ended-by-user.ts";
import { detectForeign, idsOf } from "./foreign-token.ts";

/** Why a refresh token is refused: another client's, ended, superseded, too old, or unused for too long. */
export function detectRefresh(exchange: Exchange): void {
  const token = exchange.parameters.get("refresh_token");
  if (!isRefreshGrant(exchange) || token === null || token.trim() === "")
    return;
  const claims = looksLikeJwt(token) ? claimsOf(token) : null;
  const names = idsOf(token);
  const foreign = detectForeign(exchange, token);
  const ended = endedBefore(exchange, names);
  const judged = ended === "by_event" ? null : presentations(exchange, names);
  if (judged) tellStory(exchange, judged);
  else if (ended === null && wasReused(exchange, names))
    tellUnknownStory(exchange);
  // That another client's token was not renewed by this one for long follows from whose it is.
  else if (ended !== "by_event" && ended !== "reuse_of_family" && !foreign)
    tooOld(exchange, names, claims);
}

/** What the history ended before: the token, its grant, its subject or its client. */
function endedBefore(
  exchange: Exchange,
  names: readonly string[],
): "by_event" | "reuse_of_family" | null {
  const { history, now } = exchange;
  const born = history.find(
    ({ tokenId }) => tokenId !== undefined && names.includes(tokenId),
  );
  if (!born) return null;
  const claims = {
    jti: born.tokenId as string,
    ...(born.event === "token.issued" && { iat: secondsOf(born.at) }),
    ...(born.subject !== undefined && { sub: born.subject }),
    ...(born.clientId !== undefined && { client_id: born.clientId }),
  };
  const reuse = history.find(
    ({ event, grantId }) =>
      event === "token.reused" &&
      grantId !== undefined &&
      grantId === born.grantId,
  );
  for (const { reason, entry } of endingsOf(
    { alg: "" },
    claims,
    history,
    now,
  )) {
    const afterReuse =
      reuse !== undefined &&
      Date.parse(entry.at) >= Date.parse(reuse.at) - 1_000 &&
      entry.event === "grant.revoked";
    if (afterReuse) {
      if (reuse.tokenId !== undefined && names.includes(reuse.tokenId))
        continue;
      exchange.suspect("revoked.refresh_reuse", {
        confidence: "likely",
        facts: {
          at: entry.at,
          event: entry.event,
          by: entry.by?.slice(0, 120) ?? null,
        },
        finding: finding("revocation.grant", {
          at: entry.at,
          event: entry.event,
          by: entry.by ?? null,
        }),
        weight: 82,
      });
      const story = judgeInHistory(
        {
          tokenIds: [reuse.tokenId ?? ""],
          at: Date.parse(reuse.at),
          ip: reuse.ip ?? null,
          held: [],
        },
        history,
      );
      if (story) tellStory(exchange, story, 60);
      return "reuse_of_family";
    }
    const cause = endedByUser(entry)
      ? "revoked.by_user"
      : "revoked.by_administrator";
    exchange.suspect(cause, {
      confidence: "likely",
      facts: {
        at: entry.at,
        event: entry.event,
        by: entry.by?.slice(0, 120) ?? null,
      },
      finding: finding(reason, {
        at: entry.at,
        event: entry.event,
        by: entry.by ?? null,
      }),
      weight: 82,
    });
    return "by_event";
  }
  return null;
}

/** The first time that the superseded token came back decides; a theft among the later times comes before it. */
function presentations(
  exchange: Exchange,
  names: readonly string[],
): RefreshJudgement | null {
  const { history, now, inquiry } = exchange;
  const times = history.flatMap(({ event, tokenId, at, ip }) =>
    event === "token.reused" && tokenId !== undefined && names.includes(tokenId)
      ? [{ at: Date.parse(at), ip: ip ?? null }]
      : [],
  );
  const sender = senderOf(inquiry.request);
  const last = times.at(-1);
  const present = now * 1000;
  if (last === undefined || present - last.at > 2_000)
    times.push({ at: present, ip: sender });
  else times[times.length - 1] = { at: last.at, ip: last.ip ?? sender };
  const held = heldIds(exchange);
  // The first decides, and the last is the one at hand: what lies between repeats them.
  const told =
    times.length > 4 ? [...times.slice(0, 2), ...times.slice(-2)] : times;
  const judged = told.flatMap(
    ({ at, ip }) =>
      judgeInHistory({ tokenIds: names, at, ip, held }, history) ?? [],
  );
  return judged.find(({ story }) => story === "theft") ?? judged[0] ?? null;
}

/** The access token that the client has names what it got. */
function heldIds({ inquiry }: Exchange): readonly string[] {
  const token = inquiry.context?.clientToken;
  if (token === undefined) return [];
  const claims = looksLikeJwt(token) ? claimsOf(token) : null;
  const ids = [claims?.["jti"], claims?.["uti"]].filter(
    (id) => typeof id === "string",
  );
  return [...ids, ...namesOf(token)];
}

function tellStory(
  exchange: Exchange,
  judged: RefreshJudgement,
  weight = 80,
): void {
  // Which of the four fits best is said; how sure it is among them is the issuer's question.
  const { story, second, confidence: _, signs: __, ...seen } = judged;
  const facts: Facts["oauth.refresh_race"] = { by: "history", ...seen };
  const found: Finding = finding("revocation.grant", {
    at: null,
    event: "token.reused",
    by: null,
  });
  exchange.suspect(REFRESH_CAUSES[story], {
    confidence: "likely",
    facts,
    finding: found,
    weight,
  });
  exchange.suspect(REFRESH_CAUSES[second], {
    confidence: "possible",
    facts,
    finding: found,
    weight: weight - 30,
  });
  if (seen.sameSender === null && story !== "race")
    exchange.wouldTell(
      "the addresses from which the refresh token came would tell an old copy from a theft",
    );
  if (
    seen.answerArrived === null &&
    (story === "lost_response" || story === "not_stored")
  )
    exchange.wouldTell(
      "the access token that the client holds would tell whether the first answer arrived",
    );
}

function tooOld(
  exchange: Exchange,
  names: readonly string[],
  claims: Readonly<Record<string, unknown>> | null,
): void {
  const { now, history } = exchange;
  const exp = claims?.["exp"];
  const iat = claims?.["iat"];
  const judged = judgeLifetime(names, history, now * 1000);
  const ended = typeof exp === "number" ? exp <= now : null;
  if (ended === false) {
    exchange.ruledOut.add("oauth.refresh_expired").add("oauth.refresh_idle");
    return;
  }
  if (ended === null && judged === null) return;
  // Keycloak writes the end of the idle time into the token, cut to the session's end: a round length is the idle time.
  const byClaims =
    typeof exp === "number" &&
    typeof iat === "number" &&
    claims?.["typ"] === "Refresh" &&
    (exp - iat) % 60 === 0
      ? "idle"
      : "expired";
  const story = judged?.story ?? byClaims;
  const found = expiredFinding(
    now,
    typeof exp === "number"
      ? exp
      : judged && judged.limitSeconds !== null
        ? now - judged.ageSeconds + judged.limitSeconds
        : null,
  );
  const confidence = ended === true ? "certain" : "likely";
  const idleSeconds =
    judged?.idleSeconds ?? (typeof iat === "number" ? now - iat : null);
  const expired = {
    by: judged ? "history" : "comparison",
    ageSeconds: judged?.ageSeconds ?? null,
    limitSeconds: judged?.limitSeconds ?? null,
  } as const;
  const idle = { by: judged ? "history" : "comparison", idleSeconds } as const;
  exchange.suspect("oauth.refresh_expired", {
    confidence: story === "expired" ? confidence : "possible",
    facts: expired,
    finding: found,
    weight: story === "expired" ? 60 : 40,
  });
  exchange.suspect("oauth.refresh_idle", {
    confidence:
      story === "idle" ? (judged ? "likely" : confidence) : "possible",
    facts: idle,
    finding: found,
    weight: story === "idle" ? 60 : 40,
  });
}

const wasReused = ({ history }: Exchange, names: readonly string[]): boolean =>
  history.some(
    ({ event, tokenId }) =>
      event === "token.reused" &&
      tokenId !== undefined &&
      names.includes(tokenId),
  );

/** It came back, and its first use is not known: each of the four stories can be. */
function tellUnknownStory(exchange: Exchange): void {
  const found = finding("revocation.grant", {
    at: null,
    event: "token.reused",
    by: null,
  });
  (["not_stored", "race", "lost_response", "theft"] as const).forEach(
    (story, i) =>
      exchange.suspect(REFRESH_CAUSES[story], {
        confidence: "possible",
        facts: { by: "history", ...UNKNOWN_RETURN },
        finding: found,
        weight: 60 - i,
      }),
  );
  exchange.wouldTell(
    "the history of the first use would tell a race from an old copy and from a theft",
  );
}
