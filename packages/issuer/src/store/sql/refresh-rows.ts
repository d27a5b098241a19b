/** Families of refresh tokens: reads a family as the state machine wants it, and writes what it decided. */
import type { RefreshSender } from "@assay/diagnosis/refresh";
import {
  decide,
  KEPT_GENERATIONS,
  type FamilyPolicy,
  type FamilyState,
  type Generation,
  type RefreshOutcome,
} from "../../tokens/refresh-family.ts";
import type {
  FoundRefreshToken,
  NewFamily,
  UsedRefreshToken,
  UseRefreshToken,
} from "../store.ts";
import { insertAccessToken } from "./access-token-rows.ts";
import { cutoffColumns, cutoffIn, GRANT_CUTOFFS } from "./cutoffs.ts";
import { grantOf, prolongGrant } from "./grant-rows.ts";
import { insertDrafted } from "./journal-rows.ts";
import {
  first,
  integer,
  integerOrNull,
  json,
  lockOnly,
  sql,
  statementOf,
  text,
  textOrNull,
  type Row,
  type Verb,
} from "./query.ts";
import { revokeGrantRows } from "./revocation-rows.ts";

export function* insertFamily(
  issuer: string,
  family: NewFamily & { readonly grantId: string; readonly clientId: string },
  now: number,
): Verb<void> {
  const { familyId, grantId, clientId, jkt, origin, policy, token } = family;
  yield sql`INSERT INTO refresh_families (issuer_id, family_id, grant_id, client_id, jkt, origin, policy, generation, last_used_at, repeats, expires_at)
    VALUES (${issuer}, ${familyId}, ${grantId}, ${clientId}, ${jkt}, ${JSON.stringify(origin)}, ${JSON.stringify(policy)}, 1, ${now}, 0, ${policy.expiresAt})`;
  yield sql`INSERT INTO refresh_tokens (issuer_id, digest, family_id, generation, token_id, issued_at, reused)
    VALUES (${issuer}, ${token.digest}, ${familyId}, 1, ${token.tokenId}, ${now}, 0)`;
}

const FOUND = `SELECT t.token_id, t.generation AS presented, t.issued_at, t.superseded_at, t.used_by, t.reused,
    f.family_id, f.client_id, f.jkt, f.origin, f.policy, f.generation, f.last_used_at, f.repeats, f.repeated_generation,
    f.revoked_at AS family_revoked_at, f.successor_sealed,
    g.grant_id, g.subject, g.session_id, g.scopes, g.resources, g.created_at, g.authenticated_at, g.revoked_at, g.expires_at`;
const FROM = `FROM refresh_tokens t
  JOIN refresh_families f ON f.issuer_id = t.issuer_id AND f.family_id = t.family_id
  JOIN grants g ON g.issuer_id = f.issuer_id AND g.grant_id = f.grant_id
  WHERE t.issuer_id = ? AND t.digest = ?`;
const byDigest = statementOf(`${FOUND} ${FROM}`);
const byDigestWithCutoffs = statementOf(
  `${FOUND}, ${cutoffColumns("g", GRANT_CUTOFFS, "g.created_at")} ${FROM}`,
);
const lockGrantOf = lockOnly(`SELECT g.grant_id ${FROM} FOR UPDATE OF g`);

export function* findRefreshToken(
  issuer: string,
  digest: string,
): Verb<FoundRefreshToken | null> {
  const row = yield* first(byDigest(issuer, digest));
  return (
    row && {
      tokenId: text(row, "token_id"),
      generation: integer(row, "presented"),
      family: familyOf(row, [presentedOf(row)]),
      grant: grantOf(row),
    }
  );
}

/**
 * Locks the grant, as a revocation does, so that of one grant's changes each comes after the other; the family has no life beside it. What
 * counts is read after the lock: what was read before may be of the past.
 */
export function* useRefreshToken(
  issuer: string,
  input: UseRefreshToken,
): Verb<UsedRefreshToken | null> {
  yield lockGrantOf(issuer, input.digest);
  const row = yield* first(byDigestWithCutoffs(issuer, input.digest));
  if (!row) return null;
  const grant = grantOf(row);
  yield* prolongGrant(issuer, row, input.access.expiresAt);
  const generation = integer(row, "presented");
  const newest = integer(row, "generation");
  // Of the newest nothing has changed: a change would have made it an older one.
  const generations =
    generation === newest
      ? [presentedOf(row)]
      : (yield sql`SELECT * FROM refresh_tokens WHERE issuer_id = ${issuer} AND family_id = ${text(row, "family_id")} AND generation > ${newest - KEPT_GENERATIONS} ORDER BY generation`).map(
          generationOf,
        );
  const before = familyOf(row, generations);
  const cut = cutoffIn(row, GRANT_CUTOFFS)?.at ?? null;
  const decision = decide(
    before,
    { ...grant, revokedAt: grant.revokedAt ?? cut },
    generation,
    input.presentation,
    input.next,
  );
  return yield* apply(
    issuer,
    input,
    text(row, "token_id"),
    integer(row, "reused") === 1,
    decision.family,
    decision.outcome,
    textOrNull(row, "successor_sealed"),
  );
}

function* apply(
  issuer: string,
  input: UseRefreshToken,
  tokenId: string,
  /** Whether the token came back before, after it was superseded. */
  again: boolean,
  family: FamilyState,
  outcome: RefreshOutcome,
  successorSealed: string | null,
): Verb<UsedRefreshToken> {
  const { presentation, journal, access, next } = input;
  const { familyId, grantId, clientId } = family;
  const known = { grantId, clientId };
  const issued = {
    event: "token.issued" as const,
    ...known,
    tokenId: access.tokenId,
  };
  switch (outcome.kind) {
    case "refused":
      // Threat: whoever holds a dead token fills the journal with it. A refusal is told there by its handle, which is bounded.
      return { outcome, successorSealed: null };
    case "reused": {
      yield sql`UPDATE refresh_tokens SET reused = 1 WHERE issuer_id = ${issuer} AND digest = ${input.digest}`;
      const reused = {
        event: "token.reused" as const,
        ...known,
        tokenId,
        facts: factsOf(outcome),
      };
      if (outcome.revoked)
        yield* revokeGrantRows(issuer, grantId, presentation.now);
      // Told at its first time, and when something comes of it.
      if (again && !outcome.revoked) return { outcome, successorSealed: null };
      yield* insertDrafted(issuer, journal, [
        reused,
        ...(outcome.revoked
          ? [
              {
                event: "grant.revoked" as const,
                ...known,
                facts: { because: "refresh_reused" },
              },
            ]
          : []),
      ]);
      return { outcome, successorSealed: null };
    }
    case "rotated":
      yield sql`UPDATE refresh_tokens SET superseded_at = ${presentation.now}, used_by = ${JSON.stringify(usedBy(family, tokenId))} WHERE issuer_id = ${issuer} AND digest = ${input.digest}`;
      yield sql`INSERT INTO refresh_tokens (issuer_id, digest, family_id, generation, token_id, issued_at, reused)
        VALUES (${issuer}, ${next.digest}, ${familyId}, ${family.generation}, ${next.tokenId}, ${presentation.now}, 0)`;
      break;
    case "renewed":
    case "repeated":
      break;
  }
  const sealed =
    outcome.kind === "rotated" ? input.nextSealed : successorSealed;
  yield sql`UPDATE refresh_families SET generation = ${family.generation}, last_used_at = ${family.lastUsedAt}, repeats = ${family.repeats},
    repeated_generation = ${family.repeatedGeneration}, successor_sealed = ${sealed} WHERE issuer_id = ${issuer} AND family_id = ${familyId}`;
  yield* insertAccessToken(issuer, access);
  yield* insertDrafted(issuer, journal, [
    outcome.kind === "repeated"
      ? {
          event: "token.reused",
          ...known,
          tokenId,
          facts: { ...factsOf(outcome), answered: true },
        }
      : { event: "token.refreshed", ...known, tokenId },
    ...(outcome.kind === "rotated"
      ? [{ event: "token.issued" as const, ...known, tokenId: next.tokenId }]
      : []),
    issued,
  ]);
  return {
    outcome,
    successorSealed: outcome.kind === "repeated" ? successorSealed : null,
  };
}

const usedBy = (
  { generations }: FamilyState,
  tokenId: string,
): RefreshSender | null =>
  generations.find((one) => one.tokenId === tokenId)?.usedBy ?? null;

const factsOf = (
  outcome: Extract<RefreshOutcome, { kind: "reused" | "repeated" }>,
): Record<string, string | number | boolean | null> => ({
  story: outcome.judgement?.story ?? null,
  second: outcome.judgement?.second ?? null,
  confidence: outcome.judgement?.confidence ?? null,
  signs: outcome.judgement?.signs.join(" ") ?? null,
  secondsAfterFirstUse: outcome.judgement?.secondsAfterFirstUse ?? null,
  generationsBehind: outcome.judgement?.generationsBehind ?? null,
  ...(outcome.kind === "reused" && {
    revoked: outcome.revoked,
    dryRun: outcome.dryRun,
  }),
});

const familyOf = (
  row: Row,
  generations: readonly Generation[],
): FamilyState => ({
  familyId: text(row, "family_id"),
  grantId: text(row, "grant_id"),
  clientId: text(row, "client_id"),
  jkt: textOrNull(row, "jkt"),
  origin:
    row["origin"] === null ? null : json<RefreshSender | null>(row, "origin"),
  policy: json<FamilyPolicy>(row, "policy"),
  generation: integer(row, "generation"),
  lastUsedAt: integer(row, "last_used_at"),
  repeats: integer(row, "repeats"),
  repeatedGeneration: integerOrNull(row, "repeated_generation"),
  revokedAt: integerOrNull(row, "family_revoked_at"),
  generations,
});

const presentedOf = (row: Row): Generation => ({
  ...generationOf(row),
  generation: integer(row, "presented"),
});

const generationOf = (row: Row): Generation => ({
  generation: integer(row, "generation"),
  tokenId: text(row, "token_id"),
  issuedAt: integer(row, "issued_at"),
  supersededAt: integerOrNull(row, "superseded_at"),
  usedBy:
    row["used_by"] === null ? null : json<RefreshSender | null>(row, "used_by"),
  reused: integer(row, "reused") === 1,
});
