/** Random lives of a family of refresh tokens. */
import fc from "fast-check";
import {
  decide,
  LONGEST_GRACE,
  type FamilyPolicy,
  type FamilyState,
  type RefreshOutcome,
  type RefreshPresentation,
} from "../../src/tokens/refresh-family.ts";

export const START = 1_800_000_000_000;
export const CLIENT = "shop";
export const API = "https://api.example";
export const GRANT = {
  scopes: ["read", "write"],
  resources: [API, "https://other.example"],
  revokedAt: null,
};

interface Step {
  /** Milliseconds after the step before. */
  readonly later: number;
  /** So many generations behind the newest. */
  readonly behind: number;
  readonly by: Pick<
    RefreshPresentation,
    "clientId" | "jkt" | "network" | "agent"
  >;
  readonly scopes: readonly string[] | null;
  readonly resource: string;
}

/** What happened, in the order of events: all that the rules look at. */
export interface Happened {
  readonly generation: number;
  readonly at: number;
  readonly outcome: RefreshOutcome;
  readonly presented: RefreshPresentation;
}

const policies: fc.Arbitrary<FamilyPolicy> = fc.record({
  rotate: fc.constantFrom(true, true, true, false),
  graceSeconds: fc.constantFrom(0, 1, 10, LONGEST_GRACE),
  idleSeconds: fc.constantFrom(60, 3600, 30 * 86_400),
  expiresAt: fc.constantFrom(START + 600_000, START + 90 * 86_400_000),
  confidential: fc.boolean(),
  onReuse: fc.constantFrom("refuse", "revoke"),
  dryRun: fc.constantFrom(null, "refuse", "revoke"),
});

const steps: fc.Arbitrary<Step> = fc.record({
  later: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 12_000 }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(999, 1000, 9999, 10_000, 59_999, 60_000),
    },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 4_000_000 }) },
  ),
  behind: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 80 }) },
  ),
  by: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constant({
        clientId: CLIENT,
        jkt: "key",
        network: "home",
        agent: "app",
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        clientId: fc.constantFrom(CLIENT, CLIENT, "thief"),
        jkt: fc.constantFrom("key", "key", "other", null),
        network: fc.constantFrom("home", "away", null),
        agent: fc.constantFrom("app", "curl", null),
      }),
    },
  ),
  scopes: fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    { weight: 3, arbitrary: fc.subarray(["read", "write"]) },
    { weight: 1, arbitrary: fc.subarray(["read", "admin"]) },
  ),
  resource: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...GRANT.resources) },
    { weight: 1, arbitrary: fc.constant("https://wide.example") },
  ),
});

const bornWith = (policy: FamilyPolicy, jkt: string | null): FamilyState => ({
  familyId: "family",
  grantId: "grant",
  clientId: CLIENT,
  jkt,
  boundFrom: 1,
  policy,
  origin: { clientId: CLIENT, key: jkt, network: "home", agent: "app" },
  generation: 1,
  lastUsedAt: START,
  repeats: 0,
  repeatedGeneration: null,
  revokedAt: null,
  generations: [
    {
      generation: 1,
      tokenId: "t1",
      issuedAt: START,
      supersededAt: null,
      usedBy: null,
      reused: false,
    },
  ],
});

/** Lives the steps, and shows each to `check`. */
export function live(
  policy: FamilyPolicy,
  jkt: string | null,
  life: readonly Step[],
  check: (seen: {
    readonly before: FamilyState;
    readonly after: FamilyState;
    readonly past: readonly Happened[];
    readonly generation: number;
    readonly presented: RefreshPresentation;
    readonly outcome: RefreshOutcome;
  }) => void,
): void {
  let family = frozen(bornWith(policy, jkt));
  const past: Happened[] = [];
  let now = START;
  for (const { later, behind, by, scopes, resource } of life) {
    now += later;
    const generation = Math.max(1, family.generation - behind);
    const presented = { ...by, now, scopes, resource };
    const next = { tokenId: `t${family.generation + 1}` };
    const { outcome, family: after } = frozen(
      decide(family, GRANT, generation, presented, next),
    );
    check({ before: family, after, past, generation, presented, outcome });
    past.push({ generation, at: now, outcome, presented });
    family = after;
  }
}

/** A decision that changed what it was given would throw. */
function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

export const check = (
  property: fc.IProperty<[FamilyPolicy, string | null, Step[]]>,
): void => fc.assert(property, { numRuns: 2000 });
export const lives = [
  policies,
  fc.constantFrom(null, "key"),
  fc.array(steps, { maxLength: 60, size: "max" }),
] as const;
