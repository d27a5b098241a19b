/** From a refusal to its audit event, off the hot path: reads the token, escapes what strangers wrote, and asks the diagnosis for the cause. */
import {
  decodeUnverified,
  exportKey,
  type Claims,
  type JoseHeader,
  type KeySource,
  type Policy,
} from "@assay/token";
import type * as DiagnosisModule from "@assay/diagnosis";
import type { Diagnosis, Inquiry } from "@assay/diagnosis";
import { pathOf, single, type Arrival } from "./arrival.ts";
import type {
  AdmittedEvent,
  AuditCause,
  AuditWhere,
  RefusedEvent,
} from "./audit-event.ts";
import { fingerprintOf, keyOf, whoOf, type Incident } from "./audit.ts";
import { Bucket } from "./bucket.ts";
import { clocksSeen } from "./clocks-seen.ts";
import type { Refusal } from "./refusal.ts";
import type { Said } from "./respond.ts";

/** Loaded at the first refusal, so that a guard that lets everybody through never pays for it. */
const loadDiagnosis = (): Promise<typeof DiagnosisModule> =>
  import("@assay/diagnosis");

/** What of a request the event tells; taken while the request is there. */
export interface Scene {
  readonly where: AuditWhere;
  readonly url: string;
  readonly proofs: readonly string[];
}

export function sceneOf(
  arrival: Arrival,
  ip: string | null,
  url: string,
): Scene {
  const proofs = arrival.values("dpop") ?? [];
  return {
    where: {
      method: arrival.method,
      path: pathOf(arrival.target),
      host: single(arrival, "host"),
      ip,
      agent: single(arrival, "user-agent"),
    },
    url,
    proofs: typeof proofs === "string" ? [proofs] : proofs,
  };
}

export interface IncidentsOptions {
  readonly policy: Policy<unknown>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** What the clock of an issuer shows at a moment of this guard's, in milliseconds; null: not known. */
  readonly clockOf: (issuer: string, now: number) => number | null;
  /** Diagnoses a second. Each is bounded, and still costs more than a verification. */
  readonly diagnosesPerSecond: number;
}

/** A refusal that only the state of the guard explains: a diagnosis of the same request would find nothing, or something else. */
const STATEFUL = ["binding.nonce", "binding.replayed"];

export class Incidents {
  readonly #options: IncidentsOptions;
  readonly #bucket: Bucket;

  constructor(options: IncidentsOptions) {
    this.#options = options;
    this.#bucket = new Bucket(options.diagnosesPerSecond, options.clock);
  }

  refused(
    refusal: Refusal,
    said: Said,
    handle: string,
    scene: Scene,
  ): Incident {
    const at = this.#options.clock();
    return {
      key: refusal.finding?.reason ?? refusal.problem ?? "unknown",
      make: () => this.#refusedEvent(refusal, said, handle, scene, at),
    };
  }

  admitted(
    header: JoseHeader,
    claims: Claims,
    token: string,
    scene: Scene,
  ): Incident {
    const at = this.#options.clock();
    return {
      key: "admitted",
      make: async (): Promise<AdmittedEvent> => {
        const { untrusted } = await loadDiagnosis();
        return {
          event: "token.admitted",
          at: new Date(at).toISOString(),
          who: whoOf(claims, true, untrusted) as AdmittedEvent["who"],
          where: safeWhere(scene.where, untrusted),
          key: keyOf(header, untrusted) as AdmittedEvent["key"],
          fingerprint: await fingerprintOf(token),
        };
      },
    };
  }

  /** The whole diagnosis; null: nothing could be said beyond the reason. */
  async diagnosis(
    refusal: Refusal,
    scene: Scene,
    at: number,
  ): Promise<Diagnosis | null> {
    const { finding, credential } = refusal;
    if (
      !finding ||
      !credential ||
      STATEFUL.includes(finding.reason) ||
      finding.reason.startsWith("revocation.")
    )
      return null;
    const { diagnose } = await loadDiagnosis();
    const found = await diagnose(await this.#inquiry(refusal, scene, at));
    return found.reason === finding.reason ? found : null;
  }

  /** The member of a body that only a developer on his own machine gets. */
  async details(refusal: Refusal, scene: Scene, at: number): Promise<object> {
    const { untrusted } = await loadDiagnosis();
    const { step, finding, problem } = refusal;
    const found = await this.diagnosis(refusal, scene, at);
    const causes = (found?.causes ?? []).map(
      ({ cause, confidence, actor, evidence, fix }) => ({
        cause,
        confidence,
        actor,
        evidence,
        fix,
      }),
    );
    return {
      development: {
        step,
        reason: finding?.reason ?? problem,
        evidence: finding && safe(finding.evidence, untrusted),
        causes,
      },
    };
  }

  async #refusedEvent(
    refusal: Refusal,
    { statement }: Said,
    handle: string,
    scene: Scene,
    at: number,
  ): Promise<RefusedEvent> {
    const { untrusted } = await loadDiagnosis();
    const { finding, credential, outcome, problem, proven, step } = refusal;
    const read = credential ? decodeUnverified(credential.token) : null;
    const cause = this.#bucket.take()
      ? await this.#cause(refusal, scene, at)
      : null;
    return {
      event: outcome === "undecided" ? "token.undecided" : "token.refused",
      at: new Date(at).toISOString(),
      handle,
      status: statement.status,
      error: statement.error,
      action: statement.action,
      step,
      reason: finding?.reason ?? null,
      problem,
      evidence: finding
        ? (safe(finding.evidence, untrusted) as RefusedEvent["evidence"])
        : null,
      cause,
      who: whoOf(read?.claims ?? null, proven, untrusted),
      where: safeWhere(scene.where, untrusted),
      key: keyOf(read?.header ?? null, untrusted),
      fingerprint: credential ? await fingerprintOf(credential.token) : null,
    };
  }

  async #cause(
    refusal: Refusal,
    scene: Scene,
    at: number,
  ): Promise<AuditCause | null> {
    const [first] = (await this.diagnosis(refusal, scene, at))?.causes ?? [];
    if (!first) return null;
    const { untrusted } = await loadDiagnosis();
    const { cause: code, confidence, actor, facts, fix } = first;
    return {
      code,
      confidence,
      actor,
      facts: safe(facts, untrusted) as AuditCause["facts"],
      fix,
    };
  }

  async #inquiry(
    { credential, demands }: Refusal,
    scene: Scene,
    at: number,
  ): Promise<Inquiry> {
    const { policy } = this.#options;
    const { scheme = "Bearer", token = "" } = credential ?? {};
    const bound = scheme === "DPoP";
    const { keys, context } = await publicKeys(policy, token);
    const clocks = await clocksSeen(
      { token, proofs: bound ? scene.proofs : [], at },
      this.#options.clockOf,
      policy.dpopNonces ?? [],
    );
    return {
      ...(!bound && { token }),
      ...(bound && {
        request: {
          method: scene.where.method,
          url: scene.url,
          headers: { authorization: `DPoP ${token}`, dpop: scene.proofs },
        },
      }),
      policy: {
        kind: policy.kind ?? "access_token",
        issuer: policy.issuer,
        audience: policy.audience,
        scheme,
        binding: policy.binding ?? "none",
        clockTolerance: policy.clockTolerance ?? 0,
        ...(policy.algorithms && { algorithms: policy.algorithms }),
        ...(policy.authorizedParties && {
          authorizedParties: policy.authorizedParties,
        }),
        ...(policy.maxAge !== undefined && { maxAge: policy.maxAge }),
        ...(policy.maxLifetime !== undefined && {
          maxLifetime: policy.maxLifetime,
        }),
        ...(policy.requiredClaims && { requiredClaims: policy.requiredClaims }),
        ...(policy.claims && { claims: policy.claims }),
        ...(demands.scopes && { scopes: demands.scopes }),
        ...keys,
      },
      context: { ...context, ...(clocks && { clocks }) },
      now: new Date(at).toISOString(),
    };
  }
}

interface KeysAsHeld {
  readonly keys: NonNullable<Inquiry["policy"]>;
  readonly context?: NonNullable<Inquiry["context"]>;
}

/** The keys of the issuer that the token names, as the guard holds them, or why it has none. Shared secrets stay where they are. */
async function publicKeys(
  policy: Policy<unknown>,
  token: string,
): Promise<KeysAsHeld> {
  const { header, claims } = readable(token);
  const source = sourceOf(policy, claims?.iss);
  const set = await source?.lookup({
    alg: header?.alg ?? "RS256",
    kid: header?.kid ?? null,
  });
  if (!set) return { keys: {} };
  if ("unavailable" in set) {
    const url = set.source ?? "";
    const status = /HTTP status (\d{3})/.exec(set.unavailable)?.[1];
    const document = status
      ? { status: Number(status) }
      : { error: set.unavailable };
    return {
      keys: { jwksUri: url },
      context: { documents: { [url]: document } },
    };
  }
  const keys = set.keys.filter(({ kty }) => kty !== "oct");
  return {
    keys: {
      keys: { keys: keys.map((key) => exportKey(key, { secret: false })) },
    },
  };
}

/** `decodeUnverified` has checked the types of what it read. */
const readable = (
  token: string,
): { readonly header: JoseHeader | null; readonly claims: Claims | null } =>
  decodeUnverified(token) as {
    header: JoseHeader | null;
    claims: Claims | null;
  };

function sourceOf(
  { keys }: Policy<unknown>,
  iss: string | undefined,
): KeySource | undefined {
  if (keys === null) return undefined;
  return keys instanceof Map
    ? (keys as ReadonlyMap<string, KeySource>).get(iss ?? "")
    : (keys as KeySource);
}

const safeWhere = (
  where: AuditWhere,
  clean: (text: unknown) => string,
): AuditWhere => ({
  method: clean(where.method),
  path: clean(where.path),
  host: where.host === null ? null : clean(where.host),
  ip: where.ip === null ? null : clean(where.ip),
  agent: where.agent === null ? null : clean(where.agent),
});

/** Evidence has few members, and each may hold what a stranger wrote. */
function safe(
  value: unknown,
  clean: (text: unknown) => string,
  depth = 0,
): unknown {
  if (typeof value === "string") return clean(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > 2) return clean(value);
  if (Array.isArray(value))
    return value.slice(0, 16).map((one) => safe(one, clean, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 16)
      .map(([name, one]) => [clean(name), safe(one, clean, depth + 1)]),
  );
}
