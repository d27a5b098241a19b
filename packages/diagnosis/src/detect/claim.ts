import type { Investigation } from "../investigation.ts";
import { claimElsewhere, valueElsewhere } from "./claim-elsewhere.ts";
import { sameInAnotherShape, shapeOf } from "./claim-shape.ts";

/** Claims that say how, and how strongly, somebody signed in (RFC 9470 section 4). */
const SIGN_IN = new Set(["acr", "amr", "auth_time"]);

/** Causes of a refused party, or of another claim that is absent or has another value. */
export function detectClaim(i: Investigation): void {
  detectParty(i);
  detectAbsent(i);
  detectMismatch(i);
}

/** azp or client_id: the token was given to a client that may not use it here. */
function detectParty(i: Investigation): void {
  const party = i.found("audience.party_mismatch");
  if (!party) return;
  const explains = ["audience.party_mismatch"] as const;
  const { claim, expected, found } = party;
  if (found === null) {
    i.suspect("claim.absent", {
      confidence: "likely",
      facts: { claim },
      explains,
      weight: 1,
    });
    return;
  }
  i.suspect("claim.value", {
    confidence: "likely",
    facts: { claim },
    explains,
  });
  i.suspect("audience.client_id", {
    confidence: "possible",
    facts: {
      expected: (expected[0] ?? "").slice(0, 300),
      found: found.slice(0, 300),
      clientIdIn: null,
      idToken: i.policy.kind === "id_token",
    },
    explains,
  });
}

function detectAbsent(i: Investigation): void {
  const missing = i.found("audience.claim_missing");
  if (!missing) return;
  const explains = ["audience.claim_missing"] as const;
  const claim = missing.claim.slice(0, 120);
  if (claim === "nonce")
    i.suspect("claim.nonce", {
      confidence: "likely",
      facts: { present: false },
      explains,
      weight: 2,
    });
  const claims = i.token?.claims ?? {};
  const holder = valueElsewhere(
    claims,
    missing.claim,
    i.policy.claims?.[missing.claim],
  );
  const elsewhere = claimElsewhere(claims, missing.claim);
  const name = holder ?? elsewhere?.name;
  if (name !== undefined) {
    const facts = { claim, expected: claim, found: name.slice(0, 120) };
    i.suspect("claim.shape", {
      confidence:
        holder !== null || elsewhere?.how === "same" ? "likely" : "possible",
      facts,
      explains,
      weight: 1,
    });
  }
  if (SIGN_IN.has(claim))
    i.suspect("scope.step_up", {
      confidence: "possible",
      facts: { needed: neededOf(i, claim), found: null },
      explains,
    });
  i.suspect("claim.absent", {
    confidence: "likely",
    facts: { claim },
    explains,
  });
}

function detectMismatch(i: Investigation): void {
  const mismatch = i.found("audience.claim_mismatch");
  if (!mismatch) return;
  const { claim, expected, found } = mismatch;
  const explains = ["audience.claim_mismatch"] as const;
  const name = claim.slice(0, 120);
  const facts = {
    claim: name,
    expected: shapeOf(expected),
    found: shapeOf(found),
  };
  if (claim === "nonce")
    i.suspect("claim.nonce", {
      confidence: "likely",
      facts: { present: found !== null && found !== "" },
      explains,
      weight: 2,
    });
  if (sameInAnotherShape(expected, found))
    i.suspect("claim.shape", {
      confidence: "likely",
      facts,
      explains,
      weight: 1,
    });
  if (SIGN_IN.has(claim))
    i.suspect("scope.step_up", {
      confidence: "likely",
      facts: { needed: neededOf(i, claim), found: textOf(found) },
      explains,
      weight: 1,
    });
  if (found === null || found === "")
    i.suspect("claim.absent", {
      confidence: "possible",
      facts: { claim: name },
      explains,
    });
  i.suspect("claim.value", {
    confidence: "likely",
    facts: { claim: name },
    explains,
  });
}

const neededOf = (i: Investigation, claim: string): string | null =>
  textOf(i.policy.claims?.[claim]);
const textOf = (value: unknown): string | null =>
  value === undefined || value === null
    ? null
    : (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 120);
