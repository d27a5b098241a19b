import type { JsonObject } from "../encoding/json.ts";
import { finding, type Finding } from "../verdict.ts";

/**
 * The JSON types of the registered claims (RFC 7519 section 4.1). A NumericDate may have a fraction; it is finite. scope is left to
 * the step scope, because so many issuers write it in other shapes. null: nothing is wrong.
 */
export function checkClaimTypes(claims: JsonObject): readonly Finding[] | null {
  let findings: Finding[] | null = null;
  const wrong = (claim: string, expected: string): void => {
    (findings ??= []).push(
      finding("format.claim_type", {
        claim,
        expected,
        found: typeName(claims[claim]),
      }),
    );
  };
  const { iss, sub, aud, exp, nbf, iat, jti } = claims;
  if (exp !== undefined && !Number.isFinite(exp)) wrong("exp", "number");
  if (nbf !== undefined && !Number.isFinite(nbf)) wrong("nbf", "number");
  if (iat !== undefined && !Number.isFinite(iat)) wrong("iat", "number");
  if (iss !== undefined && typeof iss !== "string") wrong("iss", "string");
  if (sub !== undefined && typeof sub !== "string") wrong("sub", "string");
  if (jti !== undefined && typeof jti !== "string") wrong("jti", "string");
  if (
    aud !== undefined &&
    typeof aud !== "string" &&
    !(Array.isArray(aud) && aud.every((item) => typeof item === "string"))
  ) {
    wrong("aud", "string or array of strings");
  }
  return findings;
}

/** The JSON type of a value, in words; an array that holds something else than strings says so. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value))
    return value.every((item) => typeof item === "string")
      ? "array"
      : "array with other members";
  if (typeof value === "number" && !Number.isFinite(value))
    return "number beyond all bounds";
  return typeof value;
}
