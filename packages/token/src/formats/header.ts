import type { JsonObject } from "../encoding/json.ts";
import type { CriticalProblem } from "../reasons.ts";
import { finding, type Finding } from "../verdict.ts";

/** Header parameters that the standards define (RFC 7515, 7516, 7518): crit may not name them (RFC 7515 section 4.1.11). */
const REGISTERED = new Set(
  "alg jku jwk kid x5u x5c x5t x5t#S256 typ cty crit enc zip epk apu apv iv tag p2s p2c".split(
    " ",
  ),
);
const TEXTS = [
  "kid",
  "typ",
  "cty",
  "jku",
  "x5u",
  "x5t",
  "x5t#S256",
  "enc",
  "zip",
];

/** Checks the types of the header parameters and crit. null: nothing is wrong. A header without alg is an unsigned token. */
export function checkHeader(header: JsonObject): readonly Finding[] | null {
  const findings = checkHeaderTypes(header);
  const critical = checkCritical(header, new Set(["b64"]));
  if (critical) findings.push(finding("format.critical", critical));
  // RFC 7797 section 7: an unencoded payload is for detached content; in a JWT it is refused, with crit and without.
  else if (Object.hasOwn(header, "b64") && header["b64"] !== true)
    findings.push(
      finding("format.critical", { problem: "not_understood", member: "b64" }),
    );
  return findings.length > 0 ? findings : null;
}

/** Checks the types of the header parameters alone. */
export function checkHeaderTypes(header: JsonObject): Finding[] {
  const findings: Finding[] = [];
  const wrong = (
    member: string,
    problem: "member_type" | "member_missing",
  ): number => findings.push(finding("format.header", { problem, member }));
  if (typeof header["alg"] !== "string")
    wrong(
      "alg",
      Object.hasOwn(header, "alg") ? "member_type" : "member_missing",
    );
  for (const name of TEXTS)
    if (Object.hasOwn(header, name) && typeof header[name] !== "string")
      wrong(name, "member_type");
  return findings;
}

/** Judges crit (RFC 7515 section 4.1.11): every name is understood, present, not registered, and there once. null: fine. */
export function checkCritical(
  header: JsonObject,
  understood: ReadonlySet<string>,
): { problem: CriticalProblem; member: string | null } | null {
  if (!Object.hasOwn(header, "crit")) return null;
  const names = header["crit"];
  if (!Array.isArray(names)) return { problem: "not_array", member: null };
  if (names.length === 0) return { problem: "empty", member: null };
  const seen = new Set<string>();
  for (const name of names as unknown[]) {
    if (typeof name !== "string")
      return { problem: "not_string", member: null };
    const member = name.slice(0, 64);
    if (REGISTERED.has(name)) return { problem: "registered", member };
    if (seen.has(name)) return { problem: "repeated", member };
    if (!understood.has(name)) return { problem: "not_understood", member };
    if (!Object.hasOwn(header, name)) return { problem: "absent", member };
    seen.add(name);
  }
  return null;
}
