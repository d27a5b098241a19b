/** Families of refresh tokens: reads a family as the state machine wants it, and writes what it decided. */
import type { RefreshSender } from "@assay/diagnosis/refresh";
import {
  decide,
  KEPT_GENERATIONS,
  type Decision,
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
import type { NewRefreshToken, RefreshTokenName } from "../records.ts";
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
  type Query,
  type Row,
  type SqlValue,
  type Verb,
} from "./query.ts";
import { revokeGrantRows } from "./revocation-rows.ts";

export function* insertFamily(
  issuer: string,
  family: NewFamily & { readonly grantId: string; readonly clientId: string },
  now: number,
): Verb<void> {
  const { familyId, grantId, clientId, jkt, origin, policy, token } = family;
  yield sql`INSERT INTO refresh_families (issuer_id, family_id, grant_id, client_id, jkt, origin, policy, expires_at)
    VALUES (${issuer}, ${familyId}, ${grantId}, ${clientId}, ${jkt}, ${JSON.stringify(origin)}, ${JSON.stringify(policy)}, ${policy.expiresAt})`;
  yield* insertRefreshToken(issuer, {
    ...token,
    familyId,
    generation: 1,
    issuedAt: now,
    repeatedGeneration: null,
    sealed: null,
  });
}

function* insertRefreshToken(
  issuer: string,
  token: NewRefreshToken & {
    readonly familyId: string;
    readonly generation: number;
    readonly issuedAt: number;
    readonly repeatedGeneration: number | null;
    readonly sealed: string | null;
  },
): Verb<void> {
  yield sql`INSERT INTO refresh_tokens (issuer_id, family_id, generation, digest, token_id, issued_at, used_at, reused, repeats, repeated_generation, sealed, unnamed)
    VALUES (${issuer}, ${token.familyId}, ${token.generation}, ${token.digest}, ${token.tokenId}, ${token.issuedAt}, ${token.issuedAt}, 0, 0,
      ${token.repeatedGeneration}, ${token.sealed}, 0)`;
}

const FAMILY = `SELECT t.token_id, t.generation, t.issued_at, t.used_at, t.superseded_at, t.used_by, t.reused, t.repeats, t.repeated_generation, t.sealed,
    f.family_id, f.client_id, f.jkt, f.bound_from, f.origin, f.policy, f.revoked_at AS family_revoked_at,
    g.grant_id, g.scopes, g.resources, g.revoked_at, g.expires_at`;
const REST_OF_GRANT =
  "g.subject, g.session_id, g.created_at, g.authenticated_at";
const FROM = `FROM refresh_tokens t
  JOIN refresh_families f ON f.issuer_id = t.issuer_id AND f.family_id = t.family_id
  JOIN grants g ON g.issuer_id = f.issuer_id AND g.grant_id = f.grant_id WHERE t.issuer_id = ? AND`;
const CUTOFFS = cutoffColumns("g", GRANT_CUTOFFS, "g.created_at");

/** Threat: a family's name is no secret. A token is found by it only together with its digest. */
const NAMED = "t.family_id = ? AND t.generation = ? AND t.digest = ?";
const UNNAMED = "t.unnamed = 1 AND t.digest = ?";

type Found = (issuer: string, name: RefreshTokenName) => Query;

/** A statement for each way of naming a token. */
const foundBy = (
  statement: (name: string) => (...values: readonly SqlValue[]) => Query,
): Found => {
  const named = statement(NAMED);
  const unnamed = statement(UNNAMED);
  return (issuer, name) =>
    "familyId" in name
      ? named(issuer, name.familyId, name.generation, name.digest)
      : unnamed(issuer, name.digest);
};
const found = foundBy((name) =>
  statementOf(`${FAMILY}, ${REST_OF_GRANT} ${FROM} ${name}`),
);
const toUse = foundBy((name) =>
  statementOf(`${FAMILY}, ${CUTOFFS} ${FROM} ${name}`),
);
const lockGrantOf = foundBy((name) =>
  lockOnly(`SELECT g.grant_id ${FROM} ${name} FOR UPDATE OF g`),
);

export function* findRefreshToken(
  issuer: string,
  name: RefreshTokenName,
): Verb<FoundRefreshToken | null> {
  const row = yield* first(found(issuer, name));
  if (!row) return null;
  const [newest = row] = isNewest(row) ? [row] : yield newestOf(issuer, row, 1);
  return {
    tokenId: text(row, "token_id"),
    generation: integer(row, "generation"),
    family: familyOf(row, newest, [generationOf(row)]),
    grant: grantOf(row),
  };
}

/** A rotation names the time at which it supersedes a token, and of its own it makes the newest. */
const isNewest = (row: Row): boolean => row["superseded_at"] === null;

/** The newest tokens of the row's family, newest first. */
const newestOf = (issuer: string, row: Row, limit: number): Query =>
  sql`SELECT * FROM refresh_tokens WHERE issuer_id = ${issuer} AND family_id = ${text(row, "family_id")} ORDER BY generation DESC LIMIT ${limit}`;

/**
 * Locks the grant, as a revocation does, so that of one grant's changes each comes after the other; the family has no life beside it. What
 * counts is read after the lock: what was read before may be of the past.
 */
export function* useRefreshToken(
  issuer: string,
  input: UseRefreshToken,
): Verb<UsedRefreshToken | null> {
  yield lockGrantOf(issuer, input.token);
  const row = yield* first(toUse(issuer, input.token));
  if (!row) return null;
  yield* prolongGrant(issuer, row, input.access.expiresAt);
  // Of the newest nothing has changed: a change would have made it an older one.
  const kept = isNewest(row)
    ? [row]
    : yield newestOf(issuer, row, KEPT_GENERATIONS);
  const [newest = row] = kept;
  const born = familyOf(row, newest, kept.map(generationOf).toReversed());
  const before = { ...born, policy: { ...born.policy, ...input.judgedBy } };
  const cut = cutoffIn(row, GRANT_CUTOFFS)?.at ?? null;
  const decision = decide(
    before,
    {
      scopes: json(row, "scopes"),
      resources: json(row, "resources"),
      revokedAt: integerOrNull(row, "revoked_at") ?? cut,
    },
    integer(row, "generation"),
    input.presentation,
    input.next,
  );
  return yield* apply(
    issuer,
    input,
    generationOf(row),
    before,
    decision,
    textOrNull(newest, "sealed"),
  );
}

function* apply(
  issuer: string,
  input: UseRefreshToken,
  presented: Generation,
  before: FamilyState,
  { family, outcome }: Decision,
  /** Of the newest token. */
  sealed: string | null,
): Verb<UsedRefreshToken> {
  const { presentation, journal, access, next } = input;
  const { familyId, grantId, clientId } = family;
  const { tokenId } = presented;
  const known = { grantId, clientId };
  switch (outcome.kind) {
    case "refused":
      // Threat: whoever holds a dead token fills the journal with it. A refusal is told there by its handle, which is bounded.
      return { outcome, successorSealed: null };
    case "reused": {
      yield sql`UPDATE refresh_tokens SET reused = 1 WHERE issuer_id = ${issuer} AND family_id = ${familyId} AND generation = ${presented.generation}`;
      if (outcome.revoked)
        yield* revokeGrantRows(issuer, grantId, presentation.now);
      // Told at its first time, and when something comes of it.
      if (presented.reused && !outcome.revoked)
        return { outcome, successorSealed: null };
      yield* insertDrafted(issuer, journal, known, [
        { event: "token.reused", tokenId, facts: factsOf(outcome) },
        ...(outcome.revoked
          ? [
              {
                event: "grant.revoked" as const,
                facts: { because: "refresh_reused" },
              },
            ]
          : []),
      ]);
      return { outcome, successorSealed: null };
    }
    case "rotated":
      // The seal goes with the first use of the token that it holds.
      yield sql`UPDATE refresh_tokens SET superseded_at = ${presentation.now}, used_by = ${JSON.stringify(usedBy(family, tokenId))}, sealed = NULL
        WHERE issuer_id = ${issuer} AND family_id = ${familyId} AND generation = ${presented.generation}`;
      if (family.jkt !== before.jkt)
        yield sql`UPDATE refresh_families SET jkt = ${family.jkt}, bound_from = ${family.boundFrom} WHERE issuer_id = ${issuer} AND family_id = ${familyId}`;
      yield* insertRefreshToken(issuer, {
        ...next,
        familyId,
        generation: family.generation,
        issuedAt: presentation.now,
        repeatedGeneration: family.repeatedGeneration,
        sealed: input.nextSealed,
      });
      break;
    case "renewed":
    case "repeated":
      yield sql`UPDATE refresh_tokens SET used_at = ${family.lastUsedAt}, repeats = ${family.repeats}, repeated_generation = ${family.repeatedGeneration}
        WHERE issuer_id = ${issuer} AND family_id = ${familyId} AND generation = ${family.generation}`;
      break;
  }
  yield* insertAccessToken(issuer, access);
  yield* insertDrafted(issuer, journal, known, [
    outcome.kind === "repeated"
      ? {
          event: "token.reused",
          tokenId,
          facts: { ...factsOf(outcome), answered: true },
        }
      : { event: "token.refreshed", tokenId },
    ...(outcome.kind === "rotated"
      ? [{ event: "token.issued" as const, tokenId: next.tokenId }]
      : []),
    { event: "token.issued", tokenId: access.tokenId },
  ]);
  return {
    outcome,
    successorSealed: outcome.kind === "repeated" ? sealed : null,
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

/** `row`: of the family. `newest`: of its newest token. */
const familyOf = (
  row: Row,
  newest: Row,
  generations: readonly Generation[],
): FamilyState => ({
  familyId: text(row, "family_id"),
  grantId: text(row, "grant_id"),
  clientId: text(row, "client_id"),
  jkt: textOrNull(row, "jkt"),
  boundFrom: integerOrNull(row, "bound_from") ?? 1,
  origin:
    row["origin"] === null ? null : json<RefreshSender | null>(row, "origin"),
  policy: json<FamilyPolicy>(row, "policy"),
  generation: integer(newest, "generation"),
  lastUsedAt: integer(newest, "used_at"),
  repeats: integer(newest, "repeats"),
  repeatedGeneration: integerOrNull(newest, "repeated_generation"),
  revokedAt: integerOrNull(row, "family_revoked_at"),
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
