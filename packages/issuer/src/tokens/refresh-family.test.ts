/** Random lives of a family, against the rules of RFC 9700 section 4.14.2 and our grace, written down a second time as a look at what happened. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  API,
  check,
  CLIENT,
  GRANT,
  live,
  lives,
  START,
  type Happened,
} from "../../test/tokens/family-lives.ts";
import {
  decide,
  KEPT_GENERATIONS,
  type FamilyPolicy,
  type RefreshOutcome,
  type RefreshPresentation,
  type RefreshRefusal,
} from "./refresh-family.ts";

const kindOf = (
  past: readonly Happened[],
  kind: RefreshOutcome["kind"],
): readonly Happened[] => past.filter(({ outcome }) => outcome.kind === kind);

/** RFC 9449 section 5: born with it, or what a public client got for its first proof and later. */
function keyNeeded(
  policy: FamilyPolicy,
  jkt: string | null,
  past: readonly Happened[],
  generation: number,
): string | null {
  if (jkt !== null || policy.confidential === true) return jkt;
  const binding = kindOf(past, "rotated").find(
    (one) => one.presented.jkt !== null,
  );
  return binding && generation > binding.generation
    ? binding.presented.jkt
    : null;
}

function refusalBy(
  policy: FamilyPolicy,
  jkt: string | null,
  past: readonly Happened[],
  generation: number,
  presented: RefreshPresentation,
): RefreshRefusal | null {
  const lastUse = [...kindOf(past, "rotated"), ...kindOf(past, "renewed")]
    .map(({ at }) => at)
    .concat(START)
    .reduce((one, other) => Math.max(one, other));
  if (presented.clientId !== CLIENT) return "wrong_client";
  const key = keyNeeded(policy, jkt, past, generation);
  if (key !== null && presented.jkt !== key)
    return presented.jkt === null ? "no_proof" : "wrong_key";
  if (past.some(({ outcome }) => outcome.kind === "reused" && outcome.revoked))
    return "revoked";
  if (presented.now >= policy.expiresAt) return "expired";
  if (presented.now - lastUse >= policy.idleSeconds * 1000) return "idle";
  if ((presented.scopes ?? []).includes("admin")) return "scope_widened";
  if (!GRANT.resources.includes(presented.resource)) return "resource_widened";
  return null;
}

const scopesOf = ({ scopes }: RefreshPresentation): ReadonlySet<string> =>
  new Set(scopes ?? GRANT.scopes);

/** Whether the rules allow one more answer with the same successor. */
function repeatAllowed(
  policy: FamilyPolicy,
  past: readonly Happened[],
  generation: number,
  presented: RefreshPresentation,
): boolean {
  const superseding = kindOf(past, "rotated").find(
    (one) => one.generation === generation,
  );
  const successorUsed = kindOf(past, "rotated").some(
    (one) => one.generation > generation,
  );
  const repeated = kindOf(past, "repeated").map((one) => one.generation);
  return (
    superseding !== undefined &&
    !successorUsed &&
    presented.now - superseding.at < policy.graceSeconds * 1000 &&
    presented.jkt === superseding.presented.jkt &&
    scopesOf(presented).isSubsetOf(scopesOf(superseding.presented)) &&
    !repeated.includes(generation) &&
    !repeated.includes(generation - 1)
  );
}

describe("a family of refresh tokens, whatever its life is", () => {
  test("each presentation gets what the rules give it", () => {
    const met = new Set<string>();
    check(
      fc.property(...lives, (policy, jkt, life) => {
        live(
          policy,
          jkt,
          life,
          ({ before, past, generation, presented, outcome }) => {
            const refusal = refusalBy(policy, jkt, past, generation, presented);
            const due =
              refusal ??
              (generation === before.generation
                ? policy.rotate
                  ? "rotated"
                  : "renewed"
                : repeatAllowed(policy, past, generation, presented)
                  ? "repeated"
                  : "reused");
            const got = outcome.kind === "refused" ? outcome.why : outcome.kind;
            assert.equal(got, due);
            met.add(got);
          },
        );
      }),
    );
    // The lives are rich enough to meet every end but that of the grant.
    assert.deepEqual(
      [...met].toSorted((one, other) => (one < other ? -1 : 1)),
      [
        "expired",
        "idle",
        "no_proof",
        "renewed",
        "repeated",
        "resource_widened",
        "reused",
        "revoked",
        "rotated",
        "scope_widened",
        "wrong_client",
        "wrong_key",
      ],
    );
  });

  test("a refusal changes nothing at all", () => {
    check(
      fc.property(...lives, (policy, jkt, life) => {
        live(policy, jkt, life, ({ before, after, outcome }) => {
          if (outcome.kind === "refused") assert.deepEqual(after, before);
        });
      }),
    );
  });

  test("one generation is live, the newest, and each rotation makes one", () => {
    check(
      fc.property(...lives, (policy, jkt, life) => {
        live(policy, jkt, life, ({ before, after, outcome }) => {
          const rotated = outcome.kind === "rotated";
          assert.equal(after.generation, before.generation + (rotated ? 1 : 0));
          const open = after.generations.filter(
            ({ supersededAt }) => supersededAt === null,
          );
          assert.deepEqual(
            open.map(({ generation }) => generation),
            [after.generation],
          );
          assert.ok(after.generations.length <= KEPT_GENERATIONS);
          if (rotated) assert.equal(outcome.generation, after.generation);
        });
      }),
    );
  });

  test("after the grace nothing makes a superseded token good again, and a used one never comes twice", () => {
    check(
      fc.property(...lives, (policy, jkt, life) => {
        const answered = new Map<number, number>();
        live(
          policy,
          jkt,
          life,
          ({ before, past, generation, presented, outcome }) => {
            const good =
              outcome.kind !== "refused" && outcome.kind !== "reused";
            if (!good || !policy.rotate) return;
            answered.set(generation, (answered.get(generation) ?? 0) + 1);
            assert.ok((answered.get(generation) ?? 0) <= 2);
            if (generation === before.generation) return;
            const superseding = past.find(
              (one) =>
                one.outcome.kind === "rotated" && one.generation === generation,
            );
            assert.ok(superseding);
            assert.ok(
              presented.now - superseding.at < policy.graceSeconds * 1000,
            );
          },
        );
      }),
    );
  });

  test("theft, and what cannot be judged, ends the family for ever; the rest as the policy says", () => {
    const stories = new Set<string | null>();
    check(
      fc.property(...lives, (policy, jkt, life) => {
        let endedAt: number | null = null;
        live(
          policy,
          jkt,
          life,
          ({ before, after, generation, presented, outcome }) => {
            assert.equal(before.revokedAt, endedAt);
            if (outcome.kind !== "reused") {
              assert.equal(after.revokedAt, endedAt);
              return;
            }
            const story = outcome.judgement?.story ?? null;
            stories.add(story);
            const theft =
              story === null ||
              story === "theft" ||
              (outcome.judgement?.sameSender === false &&
                policy.confidential !== true);
            assert.equal(outcome.revoked, theft || policy.onReuse === "revoke");
            assert.equal(
              outcome.dryRun,
              policy.dryRun === null ? null : theft ? "revoke" : policy.dryRun,
            );
            endedAt = outcome.revoked ? presented.now : null;
            assert.equal(after.revokedAt, endedAt);
            const kept = after.generations.find(
              (one) => one.generation === generation,
            );
            assert.equal(kept?.reused ?? true, true);
            // A stranger by network and program, with a token whose successor was used: a theft when no key says otherwise.
            const stranger =
              presented.network === "away" && presented.agent === "curl";
            const use = kept?.usedBy;
            if (
              stranger &&
              use?.network === "home" &&
              use.agent === "app" &&
              presented.jkt === null &&
              generation < before.generation - 1
            )
              assert.equal(story, "theft");
          },
        );
      }),
    );
    for (const story of ["theft", "race", "lost_response", "not_stored"])
      assert.ok(stories.has(story), `no life met ${story}`);
  });

  test("a token so old that nothing is known of its use ends the family", () => {
    const owner = {
      clientId: CLIENT,
      jkt: null,
      network: "home",
      agent: "app",
    };
    const step = {
      later: 0,
      by: owner,
      scopes: null,
      resource: API,
    };
    const policy = {
      rotate: true,
      graceSeconds: 10,
      idleSeconds: 60,
      expiresAt: START + 600_000,
      onReuse: "refuse",
      dryRun: null,
    } as const;
    const rotations = Array.from({ length: KEPT_GENERATIONS }, () => ({
      ...step,
      behind: 0,
    }));
    const outcomes: RefreshOutcome[] = [];
    live(
      policy,
      null,
      [...rotations, { ...step, behind: KEPT_GENERATIONS }],
      ({ outcome }) => void outcomes.push(outcome),
    );
    assert.deepEqual(outcomes.at(-1), {
      kind: "reused",
      judgement: null,
      revoked: true,
      dryRun: null,
    });
  });

  test("the owner of an unbound token is heard after a thief bound the family to a key of his own", () => {
    const step = { later: 0, scopes: null, resource: API, behind: 0 };
    const owner = { clientId: CLIENT, network: "home", agent: "app" };
    const thief = { clientId: CLIENT, network: "away", agent: "curl" };
    const policy = {
      rotate: true,
      graceSeconds: 10,
      idleSeconds: 3600,
      expiresAt: START + 90 * 86_400_000,
      onReuse: "refuse",
      dryRun: null,
    } as const;
    for (const rotations of [1, 2, KEPT_GENERATIONS + 6]) {
      const stolen = Array.from({ length: rotations }, () => ({
        ...step,
        by: { ...thief, jkt: "thief's" },
      }));
      const comesBack = {
        ...step,
        by: { ...owner, jkt: null },
        behind: rotations,
      };
      const outcomes: RefreshOutcome[] = [];
      live(policy, null, [...stolen, comesBack], ({ outcome, after }) => {
        outcomes.push(outcome);
        if (outcome.kind === "rotated") assert.equal(after.jkt, "thief's");
      });
      assert.partialDeepStrictEqual(outcomes.at(-1), {
        kind: "reused",
        revoked: true,
      });
    }
  });

  test("scopes and resources are those of the grant each time: a narrow refresh costs nothing later", () => {
    check(
      fc.property(...lives, (policy, jkt, life) => {
        live(policy, jkt, life, ({ before, presented, past, generation }) => {
          if (refusalBy(policy, jkt, past, generation, presented) !== null)
            return;
          for (const scopes of [null, GRANT.scopes, ["read"], []])
            for (const resource of GRANT.resources) {
              const { outcome } = decide(
                before,
                GRANT,
                generation,
                { ...presented, scopes, resource },
                { tokenId: "t" },
              );
              assert.notEqual(outcome.kind, "refused");
            }
        });
      }),
    );
  });

  test("a grant that was revoked gives nothing", () => {
    check(
      fc.property(...lives, (policy, jkt, life) => {
        live(policy, jkt, life, ({ before, presented, past, generation }) => {
          if (refusalBy(policy, jkt, past, generation, presented) !== null)
            return;
          const grant = { ...GRANT, revokedAt: presented.now - 1 };
          assert.deepEqual(
            decide(before, grant, generation, presented, { tokenId: "t" }),
            {
              outcome: {
                kind: "refused",
                why: "grant_revoked",
                since: presented.now - 1,
              },
              family: before,
            },
          );
        });
      }),
    );
  });

  test("for the newest token the row of that token is enough: the store reads no other", () => {
    check(
      fc.property(...lives, (policy, jkt, life) => {
        live(
          policy,
          jkt,
          life,
          ({ before, after, presented, generation, outcome }) => {
            if (generation !== before.generation) return;
            const alone = decide(
              { ...before, generations: before.generations.slice(-1) },
              GRANT,
              generation,
              presented,
              { tokenId: `t${before.generation + 1}` },
            );
            assert.deepEqual(alone.outcome, outcome);
            assert.deepEqual(
              { ...alone.family, generations: [] },
              { ...after, generations: [] },
            );
            assert.deepEqual(
              alone.family.generations,
              after.generations.slice(-alone.family.generations.length),
            );
          },
        );
      }),
    );
  });
});
