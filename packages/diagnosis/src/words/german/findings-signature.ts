import type { Evidence } from "@assay/token";
import type { Say } from "../language.ts";
import { untrusted } from "../untrusted.ts";
import { allOf, anyOf, quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";
import { counted, figure } from "./time.ts";

/** What is wrong with a key, by the engine's word for it. */
export const KEY_PROBLEMS: Readonly<Record<string, string>> = {
  type: "er ist von einem anderen Typ",
  curve: "er liegt auf einer anderen Kurve",
  use: "er ist für eine andere Verwendung bestimmt",
  label: "er ist für einen anderen Algorithmus gekennzeichnet",
  too_small: "er ist zu klein",
  too_large: "er ist zu groß",
  exponent: "sein Exponent ist nicht zugelassen",
  weak: "er ist schwach",
  not_on_curve: "sein Punkt liegt nicht auf der Kurve",
  member: "eines seiner Felder fehlt oder ist falsch",
  private: "es ist ein privater Schlüssel",
  unreadable: "er ist nicht lesbar",
  unsupported: "seine Art wird nicht unterstützt",
};

const wanted = ({
  alg,
  kid,
}: {
  readonly alg: string;
  readonly kid: string | null;
}): string =>
  kid === null
    ? `ein Schlüssel für ${quoted(alg)}, das Token nennt keinen`
    : `der Schlüssel ${quoted(kid)} für ${quoted(alg)}`;

function keysKnown({
  keys,
  known,
}: Evidence["signature.key_not_found"]): string {
  if (keys === 0) return "keine Schlüssel";
  return known.length === 0
    ? `${figure(keys)} Schlüssel ohne Namen`
    : `${figure(keys)} Schlüssel (${allOf(known)})`;
}

/** What the step signature finds. */
export const SIGNATURE_FINDINGS: Say<"signature"> = {
  "signature.algorithm_none": ({ alg }) =>
    `${alg === null ? "der Header hat kein alg" : `der Header nennt alg ${quoted(alg)}`}: jeder könnte dieses Token gemacht haben`,
  "signature.algorithm_not_allowed": ({ alg, allowed, usual }) =>
    `erwartet: ${allowed.length === 0 ? "ein asymmetrischer Algorithmus der Schlüssel des Ausstellers" : anyOf(allowed)}, gefunden: ${quoted(alg)}${usual === null ? "" : `; der Standard schreibt ${quoted(usual)}`}`,
  "signature.algorithm_unsupported": ({ alg }) =>
    `${quoted(alg)} lässt sich hier nicht berechnen`,
  "signature.missing": ({ alg }) =>
    `der Header nennt ${quoted(alg)}, aber nach dem letzten Punkt steht nichts`,
  "signature.key_not_found": (evidence) =>
    `erwartet: ${wanted(evidence)}; gefunden: ${keysKnown(evidence)}`,
  "signature.key_ambiguous": (evidence) =>
    `erwartet: ${wanted(evidence)}; ${counted(evidence.candidates, "Schlüssel passt", "Schlüssel passen")}`,
  "signature.key_unsuitable": ({ problem, found, ...evidence }) =>
    `${wanted(evidence)}: ${KEY_PROBLEMS[problem] ?? phrase(problem)}${found === null ? "" : `; im Einzelnen: ${phrase(found)}`}`,
  "signature.mismatch": ({ alg, key }) =>
    `mit ${key === null ? "dem Schlüssel des Verifiers" : `dem Schlüssel ${quoted(key)}`} stimmt die Signatur nicht (${untrusted(alg)})`,
  "signature.keys_unavailable": ({ source, problem }) =>
    source === null ? phrase(problem) : `${quoted(source)}: ${phrase(problem)}`,
};
