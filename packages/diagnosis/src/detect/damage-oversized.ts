import type { Investigation } from "../investigation.ts";
import { readSegment } from "./damage-whole.ts";

/** Too many or too large claims: how long the token is, and which claim makes it so. */
export function detectOversized(i: Investigation): void {
  const tooLarge = i.found("format.too_large");
  if (!tooLarge) return;
  const claims = Object.entries(claimsOf(i)).map(([name, value]) => ({
    name,
    size: sizeOf(value),
    members: countOf(value),
  }));
  const largest = claims.toSorted((a, b) => b.size - a.size)[0];
  const facts = {
    length: i.token?.text.length ?? tooLarge.found,
    largest: largest ? largest.name.slice(0, 80) : null,
    members: largest?.members ?? 0,
    depth: tooLarge.what === "depth" ? tooLarge.found : null,
  };
  i.suspect("token.oversized", {
    confidence: "likely",
    facts,
    explains: ["format.too_large"],
    weight: 15,
  });
  if (tooLarge.what === "depth")
    i.suspect("token.malformed", {
      confidence: "possible",
      facts: {
        part: "the payload",
        problem: "nested too deeply",
        member: null,
      },
      explains: ["format.too_large"],
    });
}

const countOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? Object.keys(value).length : 0;

/** A token that is over the limit was not taken apart: only here, for a price, to see what makes it so. */
function claimsOf({
  token,
  budget,
}: Investigation): Readonly<Record<string, unknown>> {
  if (token?.claims) return token.claims;
  const text = token?.text ?? "";
  if (text.length > LONGEST || !budget.take(text.length / READ_IN_ONE_UNIT))
    return {};
  const [, payload = "", signature] = text.split(".", 4);
  return (signature !== undefined && readSegment(payload)) || {};
}

/** Nothing longer is read, in characters. */
const LONGEST = 1_000_000;
/** Characters that one core decodes and parses in ten microseconds. */
const READ_IN_ONE_UNIT = 500;

/** About as many characters as the value takes. No deeper than anything that is read. */
function sizeOf(value: unknown, depth = 0): number {
  if (typeof value !== "object" || value === null) return String(value).length;
  if (depth === DEEPEST) return 0;
  return Object.entries(value).reduce(
    (sum, [name, member]) => sum + name.length + sizeOf(member, depth + 1),
    0,
  );
}

const DEEPEST = 64;
