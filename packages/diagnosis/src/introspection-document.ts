import { finding, type Finding } from "@assay/token";
import type { Document } from "./inquiry.ts";

/** Where issuers answer whether a token is still good (RFC 7662), under the names that occur. */
const ENDPOINT =
  /\/(?:introspect|introspection|check_token|tokeninfo)\/?(?:[?#]|$)/;

/**
 * What an introspection endpoint said. An answer that is none leaves the status open. `active: false` ends the token, though the answer
 * does not say why (RFC 7662 section 2.2).
 */
export function readIntrospection(
  documents: Readonly<Record<string, Document>>,
): readonly Finding[] {
  const found = Object.entries(documents).find(([url]) => ENDPOINT.test(url));
  if (!found) return [];
  const [source, { error, status = 200, body = "" }] = found;
  const unavailable = (problem: string): readonly Finding[] => [
    finding("revocation.unavailable", { source, problem }),
  ];
  if (error !== undefined || status < 200 || status > 299)
    return unavailable(error ?? `status ${status}`);
  const active = activeIn(body);
  if (active === null)
    return unavailable("the answer is no introspection response");
  return active
    ? []
    : [
        finding("revocation.token", {
          at: null,
          event: "introspection",
          by: null,
        }),
      ];
}

function activeIn(body: string): boolean | null {
  try {
    const answer = JSON.parse(body) as { active?: unknown } | null;
    return typeof answer?.active === "boolean" ? answer.active : null;
  } catch {
    return null;
  }
}
