import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { unsetIn } from "./unset-setting.ts";

/** Causes that lie with the verifier: it cannot, it was not told how, or it refuses what the standards allow. */
export function detectVerifier(i: Investigation): void {
  const unsupported = i.found("signature.algorithm_unsupported");
  if (unsupported) i.suspect("verifier.unsupported", { confidence: "likely", facts: { what: `the algorithm ${unsupported.alg.slice(0, 32)}` }, explains: ["signature.algorithm_unsupported"], weight: 2 });
  detectUnset(i);
  detectRefusedThoughRight(i);
  detectTooStrict(i);
}

/** A setting that is empty, or holds the name of a variable that nobody filled in. */
function detectUnset(i: Investigation): void {
  const { policy } = i;
  if (policy.algorithms?.length === 0) {
    i.suspect("verifier.not_configured", { confidence: "certain", facts: { setting: "the list of algorithms is empty" }, explains: ["signature.algorithm_not_allowed"], weight: 4 });
  }
  const settings = [
    ["issuer", policy.issuer, ["issuer.mismatch"]],
    ["audience", policy.audience, ["audience.mismatch"]],
    ["secret", policy.secret, ["signature.key_unsuitable", "signature.mismatch", "signature.key_not_found"]],
    ["public key", policy.publicKey, ["signature.key_unsuitable", "signature.mismatch", "signature.key_not_found"]],
  ] as const;
  for (const [name, value, explains] of settings) {
    const unset = [value].flat().map((text) => (typeof text === "string" ? unsetIn(text) : null)).find((found) => found !== null);
    if (unset === undefined || unset === null || !explains.some((reason) => i.found(reason))) continue;
    i.suspect("verifier.not_configured", { confidence: unset === "empty" ? "certain" : "likely", facts: { setting: `${name}: ${unset}` }, explains, weight: 6 });
  }
}

/** The server refused an issuer or audience that is, by all that is known, the right one. */
function detectRefusedThoughRight(i: Investigation): void {
  const issuer = i.found("issuer.mismatch");
  if (issuer?.expected.includes(issuer.found)) notInForce(i, "issuer", "issuer.mismatch");
  const audience = i.found("audience.mismatch");
  const right = audience?.found.find((aud) => audience.expected.includes(aud));
  if (right === undefined) return;
  if (Array.isArray(i.token?.claims?.["aud"])) {
    i.suspect("verifier.too_strict", { confidence: "likely", facts: { what: "an array in aud" }, explains: ["audience.mismatch"], weight: 2 });
  }
  notInForce(i, "audience", "audience.mismatch");
}

function notInForce(i: Investigation, setting: string, reason: "issuer.mismatch" | "audience.mismatch"): void {
  i.suspect("verifier.not_configured", { confidence: "likely", facts: { setting }, explains: [reason], weight: 1 });
  i.wouldTell("the verifier's configuration, as it is in force, would tell what it expects");
}

/** A comparison of whole claims, where the standards give them several values; and what the server's own words say it disliked. */
function detectTooStrict(i: Investigation): void {
  const mismatch = i.found("audience.claim_mismatch");
  if (mismatch && typeof mismatch.expected === "string") {
    const { claim, expected, found } = mismatch;
    const members = Array.isArray(found) ? found : typeof found === "string" ? found.split(" ") : [];
    const what = claim === "aud" && Array.isArray(found) ? "an array in aud" : claim === "scope" && typeof found === "string" ? "several scopes in one text" : null;
    if (what !== null && members.includes(expected)) i.suspect("verifier.too_strict", { confidence: "likely", facts: { what }, explains: ["audience.claim_mismatch"], weight: 4 });
  }
  const words = answerOf(i);
  const claims = i.token?.claims ?? {};
  const aud = i.found("format.claim_type");
  if (aud?.claim === "aud" && isTextArray(claims["aud"])) {
    i.suspect("verifier.too_strict", { confidence: "likely", facts: { what: "an array in aud" }, explains: ["format.claim_type"], weight: 3 });
  }
  if (i.found("format.payload") && claims["iss"] !== undefined && /(?:unknown|unrecogni[sz]ed|unexpected|additional|extra) (?:claim|field|propert|member)/i.test(words)) {
    i.suspect("verifier.too_strict", { confidence: "likely", facts: { what: "a claim that the verifier does not know" }, explains: ["format.payload"], weight: 3 });
  }
  const kind = i.found("format.type");
  if (kind && kind.found === kind.expected) i.suspect("verifier.too_strict", { confidence: "likely", facts: { what: `the type ${kind.by.slice(0, 60)}` }, explains: ["format.type"], weight: 3 });
}

const isTextArray = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string");

function answerOf({ inquiry: { response = {} } }: Investigation): string {
  return [...headerValues(response, "www-authenticate"), response.body ?? ""].join(" ").slice(0, 4096);
}
