import { platform } from "#crypto";
import type { Case, Presented } from "./case.ts";
import type { MaybePromise } from "./crypto/platform.ts";
import { notJudged, runAll, runUntilRefused, type Stop } from "./pipeline.ts";
import { readyPolicy, type Policy, type ReadyPolicy } from "./policy.ts";
import { isUndecided } from "./reasons.ts";
import { checkSchema } from "./steps/schema.ts";
import type { UnverifiedToken } from "./token.ts";
import type { Examination, Verdict } from "./verdict.ts";
import { VerifiedCache } from "./verified-cache.ts";

/** A policy made ready once, for many tokens. */
export interface Verifier<C = Record<string, unknown>> {
  /** Judges step by step and stops at the first refusal. Rejects only where the policy is misused. */
  verify(presented: string | Presented): Promise<Verdict<C>>;
  /** The same, at once wherever no step has to wait: a door through which every request goes need not pay for a promise. */
  judge(presented: string | Presented): MaybePromise<Verdict<C>>;
  /** The same at once. Throws TypeError where the platform, a remote key source or another port only answers by promise. */
  verifySync(presented: string | Presented): Verdict<C>;
  /** The same steps, all of them: what else would have been refused. */
  examine(presented: string | Presented): Promise<Examination>;
}

export interface VerifierOptions {
  /**
   * Room for verified tokens, in bytes; 0, the default, keeps none. An entry holds only that form, signature and issuer are
   * right; time, audience, binding, scope and revocation are judged again at each use.
   */
  readonly cacheBytes?: number;
}

/** Makes a verifier. Throws TypeError where the policy itself is wrong. */
export function createVerifier<C = Record<string, unknown>>(
  policy: Policy<C>,
  options: VerifierOptions = {},
): Verifier<C> {
  const ready = readyPolicy(policy);
  const cache = options.cacheBytes
    ? new VerifiedCache(options.cacheBytes)
    : null;
  const judge = (presented: string | Presented): MaybePromise<Verdict<C>> => {
    const token = openCase(ready, presented);
    const settle = (stop: Stop | null): MaybePromise<Verdict<C>> => {
      if (stop) return refusal(stop);
      return checkSchema<C>(token, policy.schema);
    };
    const stop = cache ? cache.run(token) : runUntilRefused(token);
    return stop instanceof Promise ? stop.then(settle) : settle(stop);
  };
  return {
    verify: async (presented) => judge(presented),
    judge,
    verifySync(presented) {
      const verdict = platform.atOnce(() => judge(presented));
      if (verdict instanceof Promise) {
        verdict.catch(() => {});
        throw new TypeError(
          "verifySync needs keys and a platform that answer at once; use verify",
        );
      }
      return verdict;
    },
    examine: async (presented) =>
      examineCase(openCase(ready, presented), policy.schema),
  };
}

interface Kept {
  readonly copy: Readonly<Record<string, unknown>>;
  readonly verifier: Verifier<never>;
}

const verifiers = new WeakMap<object, Kept>();

/** The verifier of a policy object: made at its first use and kept with it, until a member of the policy is another. */
function verifierOf<C>(policy: Policy<C>): Verifier<C> {
  const members = policy as unknown as Record<string, unknown>;
  let kept = verifiers.get(policy);
  if (!kept || !sameMembers(members, kept.copy)) {
    const verifier = createVerifier(policy) as unknown as Verifier<never>;
    verifiers.set(policy, (kept = { copy: { ...members }, verifier }));
  }
  return kept.verifier;
}

function sameMembers(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => a[name] === b[name])
  );
}

/**
 * Judges a token step by step and stops at the first refusal. A refusal is a value; "undecided" means that the keys or the status
 * could not be had. It does not promise that the token was never used before, nor that it is not revoked, unless the policy
 * names who knows.
 */
export function verify<C = Record<string, unknown>>(
  presented: string | Presented,
  policy: Policy<C>,
): Promise<Verdict<C>> {
  return verifierOf(policy).verify(presented);
}

/** `verify`, at once. Throws TypeError where something only answers by promise. */
export function verifySync<C = Record<string, unknown>>(
  presented: string | Presented,
  policy: Policy<C>,
): Verdict<C> {
  return verifierOf(policy).verifySync(presented);
}

/** Judges every step that can be judged, and says how each came out. Its result has no trusted claims. */
export function examine<C = Record<string, unknown>>(
  presented: string | Presented,
  policy: Policy<C>,
): Promise<Examination> {
  return verifierOf(policy).examine(presented);
}

function openCase(policy: ReadyPolicy, presented: string | Presented): Case {
  const given =
    typeof presented === "object" && presented !== null
      ? presented
      : { token: presented };
  return {
    policy,
    presented: given,
    now: secondsOf(policy.clock()),
    token: null,
    header: null,
    claims: null,
    jws: "",
    inputEnd: 0,
    signature: null,
    wasEncrypted: false,
    unreadable: [],
    key: null,
    forged: false,
  };
}

/** Beside a time that is not a number nothing is ever too late, nor too early. */
function secondsOf(milliseconds: number): number {
  if (!Number.isFinite(milliseconds))
    throw new TypeError(
      `policy.clock: expected milliseconds since the epoch; found ${String(milliseconds)}`,
    );
  return milliseconds / 1000;
}

/** An algorithm that the platform lacks is refused here; only an examination leaves it open. */
function refusal<C>({ step, finding }: Stop): Verdict<C> {
  const undecided =
    isUndecided(finding.reason) &&
    finding.reason !== "signature.algorithm_unsupported";
  return { outcome: undecided ? "undecided" : "rejected", step, ...finding };
}

async function examineCase<C>(
  token: Case,
  schema: Policy<C>["schema"],
): Promise<Examination> {
  const reports = [...(await runAll(token))];
  const first = (outcome: "failed" | "undecided") =>
    reports.find((report) => report.outcome === outcome);
  if (schema && token.claims && !first("failed")) {
    const verdict = await checkSchema(token, schema);
    if (verdict.outcome !== "accepted") {
      const { step, reason, evidence } = verdict;
      const at = reports.findIndex((report) => report.step === step);
      reports[at] = {
        step,
        outcome: "failed",
        findings: [{ reason, evidence } as never],
      };
    }
  }
  const refused = first("failed") ?? first("undecided");
  const owed = reports.find((report) => "needs" in report);
  if (owed && !refused) throw notJudged(owed.step);
  const reason =
    refused && "findings" in refused
      ? (refused.findings[0]?.reason ?? null)
      : null;
  const outcome = refused
    ? refused.outcome === "failed"
      ? "rejected"
      : "undecided"
    : "accepted";
  return {
    outcome,
    reason,
    steps: reports,
    token: token.token,
    unverified: unverifiedOf(token),
  };
}

function unverifiedOf({ header, claims }: Case): UnverifiedToken | null {
  return header && { trusted: false, header, claims };
}
