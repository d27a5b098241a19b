/**
 * Which key judges a token: by kid, and bound to alg (RFC 8725 section 3.1). The key decides what the algorithm may be; a header that
 * names another finds no key. This is where a public key is kept from being taken for an HMAC secret.
 */
import {
  ALGORITHMS,
  sameAlgorithm,
  type Algorithm,
} from "../signing/algorithms.ts";
import { finding, type Finding } from "../verdict.ts";
import type { KeySet } from "./jwk-set.ts";
import type { Key } from "./key.ts";
import type { Wanted } from "./key-source.ts";

export type Selection = { readonly key: Key } | { readonly finding: Finding };

/** Chooses the one key of the set for this header. `alg` is known to us. */
export function selectKey(set: KeySet, wanted: Wanted): Selection {
  const known = set.chosen.get(wanted.kid);
  if (known?.alg === wanted.alg) return known.choice;
  const selection = choose(set, wanted);
  // A kid that the set does not know is not kept: strangers could fill the memory with them.
  if (
    "key" in selection &&
    (wanted.kid === null || selection.key.kid === wanted.kid)
  )
    set.chosen.set(wanted.kid, { alg: wanted.alg, choice: selection });
  return selection;
}

function choose(set: KeySet, wanted: Wanted): Selection {
  const algorithm = ALGORITHMS.get(wanted.alg) as Algorithm;
  const asked = wanted.kid === null ? [] : set.withId(wanted.kid);
  // A key in hand without any id, such as a PEM or a secret, is the only one that can be meant.
  const meant =
    asked.length > 0
      ? asked
      : wanted.kid === null
        ? set.keys
        : set.keys.length === 1 && set.keys[0]?.kid === null
          ? set.keys
          : [];
  const fitting = meant.filter(
    (key) => unfit(key, wanted.alg, algorithm) === null,
  );
  const [only] = fitting;
  if (only && fitting.length === 1) return { key: only };
  const known = set.keys
    .flatMap(({ kid }) => (kid === null ? [] : [kid]))
    .slice(0, 16);
  if (only)
    return {
      finding: finding("signature.key_ambiguous", {
        ...wanted,
        candidates: fitting.length,
        known,
      }),
    };
  const notFound = finding("signature.key_not_found", {
    ...wanted,
    known,
    keys: set.keys.length,
  });
  // With an id the key is named; without one it is only named when there is no other.
  if (meant.length === 0 || (asked.length === 0 && meant.length > 1))
    return { finding: notFound };
  const unsuitable = meant
    .map((key) => [key, unfit(key, wanted.alg, algorithm)] as const)
    .find(([, why]) => why !== "label");
  if (!unsuitable) return { finding: notFound };
  const [key, problem] = unsuitable;
  return {
    finding: finding("signature.key_unsuitable", {
      ...wanted,
      problem: problem as string,
      found: describe(key),
    }),
  };
}

/** Why the key cannot judge this algorithm. null: it can. */
export function unfit(
  key: Key,
  alg: string,
  algorithm: Algorithm,
  usage: "verify" | "sign" = "verify",
): string | null {
  if (key.problem && key.problem.problem !== "too_small")
    return key.problem.problem;
  if (key.kty !== algorithm.kty) return "type";
  if (
    algorithm.crv
      ? key.crv !== algorithm.crv
      : algorithm.kty === "OKP" && key.crv !== "Ed25519" && key.crv !== "Ed448"
  )
    return "curve";
  if (key.use !== null && key.use !== "sig") return "use";
  if (
    key.keyOps &&
    !key.keyOps.includes(usage) &&
    !(key.isPrivate && key.keyOps.includes("sign"))
  )
    return "use";
  if (
    algorithm.kty === "AKP"
      ? key.alg !== alg
      : key.alg !== null && !sameAlgorithm(key.alg, alg, key.crv)
  )
    return "label";
  if (key.problem) return key.problem.problem;
  if (algorithm.secretBytes && key.bits < algorithm.secretBytes * 8)
    return "too_small";
  return null;
}

const describe = (key: Key): string =>
  key.problem?.detail ??
  [key.kty, key.crv, key.use && `use ${key.use}`, `${key.bits} bits`]
    .filter(Boolean)
    .join(" ");
