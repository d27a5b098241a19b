import type { Investigation } from "../investigation.ts";
import { detectRefusedThoughRight } from "./refused-though-right.ts";
import { detectTooStrict } from "./too-strict.ts";
import { unsetIn } from "./unset-setting.ts";

/** Causes that lie with the verifier: it cannot, it was not told how, or it refuses what the standards allow. */
export function detectVerifier(i: Investigation): void {
  const unsupported = i.found("signature.algorithm_unsupported");
  if (unsupported) {
    const facts = {
      what: `the algorithm ${unsupported.alg.slice(0, 32)}`,
      part: "algorithm",
    } as const;
    i.suspect("verifier.unsupported", {
      confidence: "likely",
      facts,
      explains: ["signature.algorithm_unsupported"],
      weight: 2,
    });
  }
  detectUnset(i);
  detectRefusedThoughRight(i);
  detectTooStrict(i);
}

/** A setting that is empty, or holds the name of a variable that nobody filled in. Other secrets and keys are looked at in `key.ts`. */
function detectUnset(i: Investigation): void {
  const { policy } = i;
  if (policy.algorithms?.length === 0) {
    const facts = { setting: "the list of algorithms: it is empty" };
    i.suspect("verifier.not_configured", {
      confidence: "certain",
      facts,
      explains: ["signature.algorithm_not_allowed"],
      weight: 40,
    });
  }
  if (policy.secret?.trim() === "" && i.found("signature.key_unsuitable")) {
    const facts = { setting: "the shared secret: it is empty" };
    i.suspect("verifier.not_configured", {
      confidence: "likely",
      facts,
      explains: ["signature.key_unsuitable"],
      weight: 60,
    });
  }
  for (const [name, value, reason] of [
    ["the issuer", policy.issuer, "issuer.mismatch"],
    ["the audience", policy.audience, "audience.mismatch"],
    ["the audience", policy.audience, "audience.missing"],
  ] as const) {
    if (!i.found(reason)) continue;
    const unset = [value]
      .flat()
      .flatMap((text) =>
        typeof text === "string" ? (unsetIn(text) ?? []) : [],
      )[0];
    if (unset === undefined) continue;
    i.suspect("verifier.not_configured", {
      confidence: unset === "it is empty" ? "certain" : "likely",
      facts: { setting: `${name}: ${unset}` },
      explains: [reason],
      weight: 40,
    });
  }
}
