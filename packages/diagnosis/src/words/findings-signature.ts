import type { Evidence } from "@assay/token";
import type { Say } from "./language.ts";
import { allOf, anyOf } from "./lists.ts";
import { counted, figure } from "./time.ts";
import { phrase, quoted } from "./untrusted.ts";

const PROBLEMS: Readonly<Record<string, string>> = {
  type: "it is of another type",
  curve: "it is on another curve",
  use: "it is meant for another use",
  label: "it is labelled for another algorithm",
  too_small: "it is too small",
  too_large: "it is too large",
  exponent: "its exponent is not accepted",
  weak: "it is weak",
  not_on_curve: "its point is not on the curve",
  member: "a member of it is missing or wrong",
  private: "it is a private key",
  unreadable: "it cannot be read",
  unsupported: "its kind is not supported",
};

const wanted = ({
  alg,
  kid,
}: {
  readonly alg: string;
  readonly kid: string | null;
}): string =>
  kid === null
    ? `a key for ${quoted(alg)}, the token names none`
    : `the key ${quoted(kid)} for ${quoted(alg)}`;

function keysKnown({
  keys,
  known,
}: Evidence["signature.key_not_found"]): string {
  if (keys === 0) return "no keys";
  return known.length === 0
    ? counted(keys, "key without a name", "keys without a name")
    : `${counted(keys, "key")}: ${allOf(known)}`;
}

/** What the step signature finds. */
export const SIGNATURE_FINDINGS: Say<"signature"> = {
  "signature.algorithm_none": ({ alg }) =>
    `${alg === null ? "the header has no alg" : `the header says alg ${quoted(alg)}`}: anybody could have made this token`,
  "signature.algorithm_not_allowed": ({ alg, allowed, usual }) =>
    `expected ${allowed.length === 0 ? "an asymmetric algorithm of the issuer's keys" : anyOf(allowed)}, found ${quoted(alg)}${usual === null ? "" : `; the standard's spelling is ${quoted(usual)}`}`,
  "signature.algorithm_unsupported": ({ alg }) =>
    `${quoted(alg)} cannot be computed here`,
  "signature.missing": ({ alg }) =>
    `the header says ${quoted(alg)}, and nothing stands after the last dot`,
  "signature.key_not_found": (evidence) =>
    `expected ${wanted(evidence)}; found ${keysKnown(evidence)}`,
  "signature.key_ambiguous": (evidence) =>
    `expected ${wanted(evidence)}; ${figure(evidence.candidates)} keys fit`,
  "signature.key_unsuitable": ({ problem, found, ...evidence }) =>
    `${wanted(evidence)}: ${PROBLEMS[problem] ?? phrase(problem)}${found === null ? "" : `; found ${phrase(found)}`}`,
  "signature.mismatch": ({ alg, key }) =>
    `the signature does not come out with ${key === null ? "the verifier's key" : `the key ${quoted(key)}`} (${phrase(alg)})`,
  "signature.keys_unavailable": ({ source, problem }) =>
    source === null ? phrase(problem) : `${quoted(source)}: ${phrase(problem)}`,
};
