import { platform } from "#crypto";
import type { Case, Judgement } from "../case.ts";
import type { Handle, MaybePromise } from "../crypto/platform.ts";
import { handleFor } from "../keys/key-material.ts";
import type { KeySource, KeysUnavailable } from "../keys/key-source.ts";
import type { KeySet } from "../keys/jwk-set.ts";
import { selectKey } from "../keys/select-key.ts";
import type { ReadyPolicy } from "../policy.ts";
import {
  ALGORITHMS,
  isAlgorithm,
  isSymmetric,
  type AlgorithmName,
} from "../signing/algorithms.ts";
import type { Claims } from "../token.ts";
import { finding, type Finding } from "../verdict.ts";

/**
 * The signature (RFC 7515 section 5.2): an algorithm that the policy allows, a key of the issuer that is bound to it, and a signature
 * that comes out. jku, x5u, jwk and x5c of the header are never followed (RFC 8725 section 3.10).
 */
export function judgeSignature(token: Case): MaybePromise<Judgement> {
  const judgement = judge(token);
  return judgement instanceof Promise
    ? judgement.then((settled) => mark(token, settled))
    : mark(token, judgement);
}

function mark(token: Case, judgement: Judgement): Judgement {
  if (judgement === null) return null;
  token.forged =
    Array.isArray(judgement) &&
    !judgement.some(
      ({ reason }) =>
        reason === "signature.keys_unavailable" ||
        reason === "signature.algorithm_unsupported",
    );
  return judgement;
}

function judge(token: Case): MaybePromise<Judgement> {
  const { header, claims, policy, jws } = token;
  if (!header || !claims || typeof header.alg !== "string")
    return { needs: token.token === null ? "request" : "format" };
  const { alg } = header;
  // Where neither keys nor algorithms are known, HMAC may well be what the verifier means: that stays open.
  const nothingKnown = policy.given.keys === null && policy.algorithms === null;
  const refused =
    nothingKnown && isSymmetric(alg)
      ? null
      : judgeAlgorithm(alg, policy.algorithms);
  if (refused) return [refused];
  if (jws.endsWith(".")) return [finding("signature.missing", { alg })];
  const source = keySourceFor(policy, claims);
  if (!source) return judgeStranger(token, alg);
  if (source === "unknown")
    return [
      finding("signature.keys_unavailable", {
        source: null,
        problem: "the issuer's keys are not known",
      }),
    ];
  if (!isAlgorithm(alg))
    return [finding("signature.algorithm_unsupported", { alg })];
  const kid = typeof header.kid === "string" ? header.kid : null;
  const keys = source.lookup({ alg, kid });
  return keys instanceof Promise
    ? keys.then((set) => judgeWith(token, alg, kid, set))
    : judgeWith(token, alg, kid, keys);
}

/** HMAC only where the policy names it: a verifier that was given public keys must not take one for a secret (RFC 8725 section 3.1). */
export function judgeAlgorithm(
  alg: string,
  allowed: readonly string[] | null,
): Finding | null {
  // No policy can name none: `readyPolicy` refuses it.
  if (allowed ? allowed.includes(alg) : isAlgorithm(alg) && !isSymmetric(alg))
    return null;
  const name = alg.trim().toLowerCase();
  if (name === "none" || name === "")
    return finding("signature.algorithm_none", { alg });
  const usual =
    [...ALGORITHMS.keys()].find((known) => known.toLowerCase() === name) ??
    null;
  return finding("signature.algorithm_not_allowed", {
    alg: alg.slice(0, 64),
    allowed: allowed ?? [],
    usual: usual === alg ? null : usual,
  });
}

/** An issuer whose keys are not among those of the policy: refused for its iss where the policy names issuers, else for want of a key. */
function judgeStranger(
  { policy, header, claims }: Case,
  alg: string,
): Judgement {
  if (policy.issuers && !policy.issuers.includes(claims?.iss as string))
    return { needs: "issuer" };
  return [
    finding("signature.key_not_found", {
      alg,
      kid: header?.kid ?? null,
      known: [],
      keys: 0,
    }),
  ];
}

/** With keys of several issuers, iss chooses among them, and only among them. null: iss is none of them. */
export function keySourceFor(
  { given: { keys } }: ReadyPolicy,
  { iss }: Claims,
): KeySource | "unknown" | null {
  if (keys === null) return "unknown";
  if (!(keys instanceof Map)) return keys as KeySource;
  return (
    (typeof iss === "string" &&
      (keys as ReadonlyMap<string, KeySource>).get(iss)) ||
    null
  );
}

function judgeWith(
  token: Case,
  alg: AlgorithmName,
  kid: string | null,
  set: KeySet | KeysUnavailable,
): MaybePromise<Judgement> {
  if ("unavailable" in set)
    return [
      finding("signature.keys_unavailable", {
        source: set.source,
        problem: set.unavailable,
      }),
    ];
  const selection = selectKey(set, { alg, kid });
  if ("finding" in selection) return [selection.finding];
  const { key } = selection;
  token.key = key;
  let handle: MaybePromise<Handle>;
  try {
    handle = key.handles.get(alg) ?? handleFor(key, alg, "verify");
  } catch {
    return unsupportedOr(alg, kid);
  }
  if (handle instanceof Promise)
    return handle.then(
      (ready) => judgeSignatureBytes(token, alg, ready),
      () => unsupportedOr(alg, kid),
    );
  return judgeSignatureBytes(token, alg, handle);
}

/** The platform refused a key whose form was in order: it lacks the algorithm, or it knows better. */
export function unsupportedOr(
  alg: AlgorithmName,
  kid: string | null,
): MaybePromise<Judgement> {
  const settle = (supported: boolean): Judgement =>
    supported
      ? [
          finding("signature.key_unsuitable", {
            alg,
            kid,
            problem: "unreadable",
            found: null,
          }),
        ]
      : [finding("signature.algorithm_unsupported", { alg })];
  const supported = platform.supports(alg);
  return supported instanceof Promise
    ? supported.then(settle)
    : settle(supported);
}

function judgeSignatureBytes(
  token: Case,
  alg: AlgorithmName,
  handle: Handle,
): MaybePromise<Judgement> {
  const { jws, inputEnd, header, key, signature } = token;
  if (!signature) return { needs: "format" };
  const settle = (verified: boolean): Judgement =>
    verified
      ? null
      : [
          finding("signature.mismatch", {
            alg,
            kid: header?.kid ?? null,
            key: key?.kid ?? null,
          }),
        ];
  const verified = platform.verify(
    alg,
    handle,
    jws.slice(0, inputEnd),
    signature,
  );
  return verified instanceof Promise ? verified.then(settle) : settle(verified);
}
