/**
 * A family of refresh tokens as a state machine without I/O: one sign-in, one token after the other (RFC 9700 section 4.14.2). `decide`
 * says what a presented token gets and what the family is afterwards; the store applies it in the transaction that locked the family.
 *
 * Threat: a stolen refresh token works as long as its owner renews. With rotation, thief and owner end up with the same generation, and
 * the second of them presents a superseded token. Refusing each superseded token would end the sessions of honest clients whose
 * answer was lost or whose two tabs raced; so one repeat is answered within the grace, with the same successor, and only while that
 * was not used. Whatever comes after goes to the judgement.
 */
import {
  judgeRefresh,
  type RefreshJudgement,
  type RefreshSender,
} from "@assay/diagnosis/refresh";
import type { ReusePolicy } from "../clients/client.ts";

/** Longest grace for a token without a bound key or an authenticated client, in seconds: whoever has the token can use it. */
export const LONGEST_GRACE_UNBOUND = 10;
/** Longest grace for a bound or confidential one, in seconds. */
export const LONGEST_GRACE = 60;

export interface FamilyPolicy {
  readonly rotate: boolean;
  /** Seconds; at most LONGEST_GRACE_UNBOUND or LONGEST_GRACE. */
  readonly graceSeconds: number;
  readonly idleSeconds: number;
  /** Milliseconds since the epoch: the family's own end. */
  readonly expiresAt: number;
  readonly onReuse: ReusePolicy;
  readonly dryRun: ReusePolicy | null;
  /** The client authenticates: its processes may have networks and keys of their own, and a thief needs its secret too. */
  readonly confidential?: boolean;
}

/** What a policy says of a token that comes back, and of whom it binds. */
export type ReturnPolicy = Pick<
  FamilyPolicy,
  "graceSeconds" | "onReuse" | "dryRun" | "confidential"
>;

/** Who used a token, and what was asked for. */
export interface FirstUse extends RefreshSender {
  /** Scopes that were asked for; null or absent: those of the grant. */
  readonly scopes?: readonly string[] | null;
}

/** One generation, as the judgement needs it. */
export interface Generation {
  readonly generation: number;
  readonly tokenId: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  /** When it was superseded; null: it is the newest. Without rotation: null. */
  readonly supersededAt: number | null;
  /** Who used it; null: nobody did. */
  readonly usedBy: FirstUse | null;
  /** Whether it came back after it was superseded. */
  readonly reused: boolean;
}

export interface FamilyState {
  readonly familyId: string;
  readonly grantId: string;
  readonly clientId: string;
  /** Thumbprint of the key that the family is bound to; null: not bound. */
  readonly jkt: string | null;
  /** The first generation that needs this key: 1, or the one that was given when a public client first showed a proof. */
  readonly boundFrom: number;
  readonly policy: FamilyPolicy;
  /** Who received the first token. */
  readonly origin: RefreshSender | null;
  /** Number of the newest token; the first is 1. */
  readonly generation: number;
  /** Milliseconds: last time the newest was issued or, without rotation, used. */
  readonly lastUsedAt: number;
  /** Whether the generation before was answered once more already. */
  readonly repeats: number;
  /** The newest generation whose token was answered twice; null: none ever. */
  readonly repeatedGeneration: number | null;
  /** Milliseconds; null: it lives. */
  readonly revokedAt: number | null;
  /** Newest last; bounded (`KEPT_GENERATIONS`). */
  readonly generations: readonly Generation[];
}

/** So many generations are kept for the judgement. An older token is refused by what it is: superseded. */
export const KEPT_GENERATIONS = 64;

export interface RefreshPresentation {
  readonly clientId: string;
  /** Thumbprint of the key that a DPoP proof showed; null: none. */
  readonly jkt: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Keyed digest of the sender's network (tokens/sender-mark.ts); null: not known. */
  readonly network: string | null;
  /** Keyed digest of the sender's agent; null: not known. */
  readonly agent: string | null;
  /** Scopes that are asked for; null: those of the grant. */
  readonly scopes: readonly string[] | null;
  /** Resource that is asked for. */
  readonly resource: string;
}

export const senderOf = ({
  clientId,
  jkt,
  network,
  agent,
}: Pick<
  RefreshPresentation,
  "clientId" | "jkt" | "network" | "agent"
>): RefreshSender => ({ clientId, key: jkt, network, agent });

export type RefreshRefusal =
  | "wrong_client"
  | "no_proof"
  | "wrong_key"
  | "scope_widened"
  | "resource_widened"
  | FamilyEnd;

/** Ends of the family itself, whoever presents its token. */
export type FamilyEnd = "revoked" | "grant_revoked" | "expired" | "idle";

export type RefreshOutcome =
  | { readonly kind: "rotated"; readonly generation: number }
  /** Without rotation: the same token goes on. */
  | { readonly kind: "renewed" }
  /** A repeat within the grace: a fresh access token with the successor that was given before. */
  | { readonly kind: "repeated"; readonly judgement: RefreshJudgement | null }
  | {
      readonly kind: "refused";
      readonly why: RefreshRefusal;
      /** Milliseconds: since when it is so; null where that has no meaning. */
      readonly since: number | null;
    }
  | {
      readonly kind: "reused";
      readonly judgement: RefreshJudgement | null;
      /** Whether the family was revoked for it. */
      readonly revoked: boolean;
      /** What the policy that is only tried would have done; null: none is tried. */
      readonly dryRun: "revoke" | "refuse" | null;
    };

/** Whether an access token is given, and with a rotation the next refresh token. */
export const gaveToken = ({ kind }: RefreshOutcome): boolean =>
  kind === "rotated" || kind === "renewed" || kind === "repeated";

export interface Decision {
  readonly outcome: RefreshOutcome;
  readonly family: FamilyState;
}

interface GrantLimits {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly revokedAt: number | null;
}

/** `generation`: of the token that was presented, by its digest. `next`: names the token that a rotation would bring. */
export function decide(
  family: FamilyState,
  grant: GrantLimits,
  generation: number,
  presented: RefreshPresentation,
  next: { readonly tokenId: string },
): Decision {
  const refused = refusalOf(family, grant, generation, presented);
  if (refused) return { outcome: { kind: "refused", ...refused }, family };
  const { policy } = family;
  if (generation === family.generation) {
    return policy.rotate
      ? rotate(family, presented, next)
      : {
          outcome: { kind: "renewed" },
          family: { ...family, lastUsedAt: presented.now },
        };
  }
  return mayRepeat(family, grant, generation, presented)
    ? {
        outcome: {
          kind: "repeated",
          judgement: judge(family, generation, presented),
        },
        family: { ...family, repeats: 1, repeatedGeneration: generation },
      }
    : reuse(family, generation, presented);
}

/** Why the whole family is over, and since when, in milliseconds; null: it is not. */
export function endOf(
  { revokedAt, lastUsedAt, policy }: FamilyState,
  grant: Pick<GrantLimits, "revokedAt">,
  now: number,
): { readonly why: FamilyEnd; readonly since: number } | null {
  if (revokedAt !== null) return { why: "revoked", since: revokedAt };
  if (grant.revokedAt !== null)
    return { why: "grant_revoked", since: grant.revokedAt };
  if (now >= policy.expiresAt)
    return { why: "expired", since: policy.expiresAt };
  const idleAt = lastUsedAt + policy.idleSeconds * 1000;
  return now >= idleAt ? { why: "idle", since: idleAt } : null;
}

/** Of the wrong sender nothing is learnt and nothing changes: a stranger who tries must not end anybody's session. */
function refusalOf(
  family: FamilyState,
  grant: GrantLimits,
  generation: number,
  presented: RefreshPresentation,
): { readonly why: RefreshRefusal; readonly since: number | null } | null {
  if (presented.clientId !== family.clientId)
    return { why: "wrong_client", since: null };
  // Threat: a thief binds an unbound family to a key of his own. The owner's token is from before that, needs no key, and goes on to the judgement.
  if (
    family.jkt !== null &&
    presented.jkt !== family.jkt &&
    generation >= family.boundFrom
  )
    return {
      why: presented.jkt === null ? "no_proof" : "wrong_key",
      since: null,
    };
  const end = endOf(family, grant, presented.now);
  if (end) return end;
  if (presented.scopes?.some((scope) => !grant.scopes.includes(scope)))
    return { why: "scope_widened", since: null };
  if (!grant.resources.includes(presented.resource))
    return { why: "resource_widened", since: null };
  return null;
}

const useOf = (presented: RefreshPresentation): FirstUse => ({
  ...senderOf(presented),
  scopes: presented.scopes,
});

/** What became of a family whose newest token was presented and superseded. */
export function rotate(
  family: FamilyState,
  presented: RefreshPresentation,
  { tokenId }: { readonly tokenId: string },
): Decision {
  const { now } = presented;
  const generation = family.generation + 1;
  const generations = family.generations.map((one) =>
    one.generation === family.generation
      ? { ...one, supersededAt: now, usedBy: useOf(presented) }
      : one,
  );
  const born: Generation = {
    generation,
    tokenId,
    issuedAt: now,
    supersededAt: null,
    usedBy: null,
    reused: false,
  };
  return {
    outcome: { kind: "rotated", generation },
    family: {
      ...family,
      ...bindingOf(family, generation, presented),
      generation,
      lastUsedAt: now,
      repeats: 0,
      generations: [...generations, born].slice(-KEPT_GENERATIONS),
    },
  };
}

/** RFC 9449 section 5: what a public client gets for a valid proof is bound to its key. A confidential one is bound by its authentication. */
const bindingOf = (
  { jkt, boundFrom, policy }: FamilyState,
  generation: number,
  presented: RefreshPresentation,
): Pick<FamilyState, "jkt" | "boundFrom"> =>
  jkt === null && presented.jkt !== null && policy.confidential !== true
    ? { jkt: presented.jkt, boundFrom: generation }
    : { jkt, boundFrom };

/** The successor was not used when the presented generation is the one before the newest. */
function mayRepeat(
  {
    policy,
    generation: newest,
    repeats,
    repeatedGeneration,
    ...family
  }: FamilyState,
  grant: GrantLimits,
  generation: number,
  presented: RefreshPresentation,
): boolean {
  const first = family.generations.find((one) => one.generation === generation);
  return (
    policy.rotate &&
    generation === newest - 1 &&
    !!first?.usedBy &&
    first.supersededAt !== null &&
    presented.now - first.supersededAt < policy.graceSeconds * 1000 &&
    isRepeat(first.usedBy, presented, grant) &&
    repeats === 0 &&
    // A client that loses two answers running is rarer than two holders of one token.
    repeatedGeneration !== generation - 1
  );
}

/** Who repeats a request has the same key, and asks for no more than the first time. */
function isRepeat(
  first: FirstUse,
  { jkt, scopes }: RefreshPresentation,
  grant: GrantLimits,
): boolean {
  const before = first.scopes ?? grant.scopes;
  return (
    first.key === jkt &&
    (scopes ?? grant.scopes).every((scope) => before.includes(scope))
  );
}

function reuse(
  family: FamilyState,
  generation: number,
  presented: RefreshPresentation,
): Decision {
  const judgement = judge(family, generation, presented);
  // What cannot be judged is taken for the worst; so is a second sender, whatever the judgement makes of the moments: a thief who was first
  // must not keep the family because its owner came soon (RFC 9700 section 4.14.2).
  const theft =
    judgement === null ||
    judgement.story === "theft" ||
    (judgement.sameSender === false && family.policy.confidential !== true);
  const { onReuse, dryRun } = family.policy;
  const revoked = theft || onReuse === "revoke";
  return {
    outcome: {
      kind: "reused",
      judgement,
      revoked,
      dryRun: dryRun === null ? null : theft ? "revoke" : dryRun,
    },
    family: {
      ...family,
      revokedAt: revoked ? presented.now : family.revokedAt,
      generations: family.generations.map((one) =>
        one.generation === generation ? { ...one, reused: true } : one,
      ),
    },
  };
}

function judge(
  { generations, origin, jkt, policy }: FamilyState,
  generation: number,
  presented: RefreshPresentation,
): RefreshJudgement | null {
  const index = generations.findIndex((one) => one.generation === generation);
  if (index === -1) return null;
  // Processes of a client that authenticates may each have a key of their own: only a key that the family is bound to tells them apart.
  const known = (sender: RefreshSender): RefreshSender =>
    policy.confidential === true && jkt === null
      ? { ...sender, key: null }
      : sender;
  return judgeRefresh(
    {
      origin: origin && known(origin),
      generations: generations.map(({ supersededAt, usedBy, reused }) => ({
        use:
          supersededAt === null || usedBy === null
            ? null
            : { ...known(usedBy), at: supersededAt },
        reused,
        // Not known here: whoever wants it asks whether the access token of that answer was seen.
        delivered: null,
      })),
    },
    { ...known(senderOf(presented)), generation: index, at: presented.now },
  );
}
