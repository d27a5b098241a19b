import type { Investigation } from "../investigation.ts";

/** Names under which an end or a beginning is written by whoever does not know the registered one. */
const OTHER_NAMES: Readonly<Record<"exp" | "iat", RegExp>> = {
  exp: /^(expir(es|y|ation|ed)?([_-]?(at|in|time|date|on))?|exp[_-]?(at|time|date)|valid[_-]?(to|until|thru)|not[_-]?after|expirationtime)$/i,
  iat: /^(issued([_-]?at|[_-]?time)?|created([_-]?at)?|timestamp|ts)$/i,
};

/** exp or iat is absent: not issued, or written under another name. */
export function detectMissingEnd(i: Investigation): void {
  const missing = i.found("expiration.missing");
  if (!missing) return;
  // Where only the answer is known, it says all the same that the claim is not there.
  const claims = i.token?.claims ?? {};
  const { claim } = missing;
  const explains = ["expiration.missing"] as const;
  const other = Object.keys(claims).find(
    (name) => OTHER_NAMES[claim].test(name) || name.toLowerCase() === claim,
  );
  if (other !== undefined)
    i.suspect("claim.shape", {
      confidence: "likely",
      facts: {
        claim,
        expected: `the claim ${claim}`,
        found: `the claim ${other.slice(0, 40)}`,
      },
      explains,
      weight: 30,
    });
  i.suspect("claim.absent", {
    confidence: "likely",
    facts: { claim },
    explains,
    weight: 20,
  });
}
