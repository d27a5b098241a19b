/** THE TABLE of explanations for a signature step that did not pass: for each reason, what is tried, in this order, until one is shown. */
import type { Reason } from "@assay/token";
import type { Detector, Investigation } from "../investigation.ts";
import {
  explainAlgorithmMismatch,
  explainAlgorithmName,
  explainUnsupported,
} from "./algorithm.ts";
import {
  explainConfusion,
  explainUnsigned,
  explainZeroSignature,
} from "./forged.ts";
import { explainBroughtKey } from "./brought-key.ts";
import { explainConfiguredKey } from "./key-configured.ts";
import { explainFit } from "./key-fit.ts";
import { explainOwner } from "./key-owner.ts";
import { explainSecret } from "./key-secret.ts";
import {
  explainUnavailable,
  suspectEmptySet,
  suspectMadeUpKey,
} from "./key-set.ts";
import { suspectUnknownKey } from "./key-unknown.ts";
import { explainSampleSecret } from "./sample-secret.ts";
import { explainMade, explainOtherInput } from "./signature-made.ts";
import { signedOf, type Signed } from "./signed.ts";

/** True: shown by a computation, so that nothing more need be tried. */
type Explanation = (
  i: Investigation,
  s: Signed,
) => boolean | void | Promise<boolean | void>;

const EXPLANATIONS: Partial<Readonly<Record<Reason, readonly Explanation[]>>> =
  {
    "signature.algorithm_not_allowed": [
      explainConfusion,
      explainAlgorithmName,
      explainAlgorithmMismatch,
      explainBroughtKey,
      explainSampleSecret,
    ],
    "signature.algorithm_unsupported": [
      explainAlgorithmName,
      explainUnsupported,
    ],
    "signature.key_ambiguous": [explainOwner, suspectAmbiguity],
    "signature.key_not_found": [
      suspectMadeUpKey,
      explainOwner,
      explainBroughtKey,
      explainSecret,
      suspectEmptySet,
      explainSampleSecret,
      suspectRest,
    ],
    "signature.key_unsuitable": [
      suspectMadeUpKey,
      explainConfusion,
      explainConfiguredKey,
      explainSecret,
      explainFit,
      explainOwner,
      explainBroughtKey,
      suspectEmptySet,
    ],
    "signature.mismatch": [
      suspectMadeUpKey,
      explainZeroSignature,
      explainMade,
      explainSecret,
      explainOwner,
      explainBroughtKey,
      explainOtherInput,
      explainSampleSecret,
      suspectRest,
    ],
  };

export const detectSignature: Detector = async (i) => {
  const report = i.steps.find(({ step }) => step === "signature");
  const reason =
    report && "findings" in report ? report.findings[0]?.reason : undefined;
  if (reason === "signature.algorithm_none" || reason === "signature.missing")
    return explainUnsigned(i);
  if (reason === "signature.keys_unavailable") return explainUnavailable(i);
  const s = signedOf(i);
  if (!s) {
    if (reason === "signature.key_unsuitable")
      await explainConfiguredKey(i, null);
    return;
  }
  for (const explain of (reason && EXPLANATIONS[reason]) ?? [])
    if (await explain(i, s)) return;
};

function suspectAmbiguity(i: Investigation, s: Signed): void {
  const candidates = i.found("signature.key_ambiguous")?.candidates ?? 2;
  const explains = ["signature.key_ambiguous"] as const;
  if (s.kid === null)
    i.suspect("key.id_missing", {
      confidence: "certain",
      facts: { candidates, where: "token" },
      explains,
      weight: 45,
    });
  else
    i.suspect("key.id_reused", {
      confidence: "certain",
      facts: { kid: s.kid, otherAt: "the same set" },
      explains,
      weight: 45,
    });
}

function suspectRest(i: Investigation, s: Signed): void {
  suspectUnknownKey(i, s, i.budget.operations);
}
