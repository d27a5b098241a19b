/** A token of another kind than the one that is due, or one that only another resource can check. */
import type { Facts } from "../causes.ts";
import type { Detector, Investigation } from "../investigation.ts";
import { detectAssertionClaims } from "./kind-assertion-claims.ts";
import {
  detectIdentityClaims,
  detectPermissions,
} from "./kind-identity-claims.ts";
import { detectOtherResource } from "./kind-other-resource.ts";

export const detectKind: Detector = async (i) => {
  detectDeclaredKind(i);
  detectIdentityClaims(i);
  detectPermissions(i);
  detectAssertionClaims(i);
  await detectOtherResource(i);
};

/** Tokens that prove something, in words. */
const PROOFS: Readonly<
  Record<string, Pick<Facts["kind.proof"], "what" | "proof">>
> = {
  client_assertion: { what: "a client assertion", proof: "assertion" },
  dpop_proof: { what: "a DPoP proof", proof: "dpop_proof" },
  logout_token: { what: "a logout token", proof: "logout_token" },
};

/** The kind that typ or the claims declare. The issuer's own words about a token that verifies leave no doubt. */
function detectDeclaredKind(i: Investigation): void {
  const type = i.found("format.type");
  if (!type) return;
  const { found, by } = type;
  const verified = i.steps.some(
    ({ step, outcome }) => step === "signature" && outcome === "passed",
  );
  const declared =
    /^typ |^the claim (token_use|typ|token_type)|^the claims htm and htu/.test(
      by,
    );
  const confidence = verified && declared ? "certain" : "likely";
  const suspicion = {
    confidence,
    explains: ["format.type"],
    weight: 30,
  } as const;
  // A typ of the stranger may be a name that every object has.
  const proof = Object.hasOwn(PROOFS, found) ? PROOFS[found] : undefined;
  if (found === "id_token")
    i.suspect("kind.id_token", { ...suspicion, facts: { by } });
  else if (found === "access_token")
    i.suspect("kind.access_token", { ...suspicion, facts: { by } });
  else if (found === "refresh_token")
    i.suspect("kind.refresh_token", { ...suspicion, facts: { by } });
  else if (proof !== undefined)
    i.suspect("kind.proof", { ...suspicion, facts: { ...proof, by } });
  // The server's own words about a type that need be no other kind: see `too-strict.ts`.
  else if (by !== "the server's answer")
    otherType(i, by.replace(/^typ /, ""), by);
}

/** A media type of its own (RFC 8725 section 3.11) says another kind; a word that is none says nothing, and a verifier may overlook it. */
function otherType(i: Investigation, typ: string, by: string): void {
  const media = /\+(jwt|sd-jwt|json|cose)$/i.test(typ) || typ.includes("/");
  const explains = ["format.type"] as const;
  i.suspect("kind.proof", {
    confidence: media ? "likely" : "possible",
    facts: { what: `a token of the type ${typ}`, by, proof: "other" },
    explains,
    weight: 20,
  });
  i.suspect("verifier.too_strict", {
    confidence: media ? "possible" : "likely",
    facts: { what: `it takes typ ${typ} for another kind of token` },
    explains,
    weight: 15,
  });
}
