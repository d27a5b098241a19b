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
import type { Grant } from "../records.ts";
import type {
  FoundRefreshToken,
  NewFamily,
  UsedRefreshToken,
  UseRefreshToken,
} from "../store.ts";
import { insertAccessToken } from "./access-token-rows.ts";
import { grantOf, lockGrant } from "./grant-rows.ts";
import { insertDrafted } from "./journal-rows.ts";
import {
  first,
  integer,
  integerOrNull,
  json,
  sql,
  text,
  textOrNull,
  type Row,
  type Verb,
} from "./query.ts";
import { cutoffOf, revokeGrantRows } from "./revocation-rows.ts";

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

export function* findRefreshToken(
  issuer: string,
  digest: string,
): Verb<FoundRefreshToken | null> {
  const token = yield* first(
    sql`SELECT * FROM refresh_tokens WHERE issuer_id = ${issuer} AND digest = ${digest}`,
  );
  if (!token) return null;
  const family = yield* first(
    sql`SELECT * FROM refresh_families WHERE issuer_id = ${issuer} AND family_id = ${text(token, "family_id")}`,
  );
  if (!family) return null;
  const grant = yield* first(
    sql`SELECT * FROM grants WHERE issuer_id = ${issuer} AND grant_id = ${text(family, "grant_id")}`,
  );
  return (
    grant && {
      tokenId: text(token, "token_id"),
      generation: integer(token, "generation"),
      family: familyOf(family, [generationOf(token)]),
      grant: grantOf(grant),
    }
  );
}

/** Locks the grant, as a revocation does, so that of one grant's changes each comes after the other; the family has no life beside it. */
export function* useRefreshToken(
  issuer: string,
  input: UseRefreshToken,
): Verb<UsedRefreshToken | null> {
  const token = yield* first(
    sql`SELECT t.*, f.grant_id FROM refresh_tokens t JOIN refresh_families f ON f.issuer_id = t.issuer_id AND f.family_id = t.family_id
      WHERE t.issuer_id = ${issuer} AND t.digest = ${input.digest}`,
  );
  if (!token) return null;
  const grantRow = yield* lockGrant(
    issuer,
    text(token, "grant_id"),
    input.access.expiresAt,
  );
  // Read after the lock: what was read before may be of the past.
  const familyRow = yield* first(
    sql`SELECT * FROM refresh_families WHERE issuer_id = ${issuer} AND family_id = ${text(token, "family_id")}`,
  );
  if (!grantRow || !familyRow) return null;
  const generation = integer(token, "generation");
  // Of the newest nothing has changed: a change would have made it an older one.
  const generations =
    generation === integer(familyRow, "generation")
      ? [token]
      : yield sql`SELECT * FROM refresh_tokens WHERE issuer_id = ${issuer} AND family_id = ${text(token, "family_id")} AND generation > ${integer(familyRow, "generation") - KEPT_GENERATIONS} ORDER BY generation`;
  const before = familyOf(familyRow, generations.map(generationOf));
  const grant = grantOf(grantRow);
  const cut = yield* cutoffOf(issuer, grant);
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
    text(token, "token_id"),
    integer(token, "reused") === 1,
    decision.family,
    grant,
    decision.outcome,
    textOrNull(familyRow, "successor_sealed"),
  );
}

function* apply(
  issuer: string,
  input: UseRefreshToken,
  tokenId: string,
  /** Whether the token came back before, after it was superseded. */
  again: boolean,
  family: FamilyState,
  grant: Grant,
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
      return { outcome, ...NOTHING };
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
      if (again && !outcome.revoked) return { outcome, ...NOTHING };
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
      return { outcome, ...NOTHING };
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
  const status = yield* insertAccessToken(issuer, access);
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
    status,
    successorSealed: outcome.kind === "repeated" ? successorSealed : null,
    successor:
      outcome.kind === "rotated"
        ? {
            tokenId: next.tokenId,
            generation: family.generation,
            family: { ...family, generations: family.generations.slice(-1) },
            grant,
          }
        : null,
  };
}

const NOTHING = { status: null, successorSealed: null, successor: null };

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
  revokedAt: integerOrNull(row, "revoked_at"),
  generations,
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
