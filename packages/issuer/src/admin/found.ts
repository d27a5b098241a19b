/** What was found where something else was expected, in a few words. Threat: a secret in the wrong member must not come back in an answer that ends in a log. */
import { OPAQUE_PATTERN } from "../tokens/opaque-token.ts";

const LONGEST = 60;

export function sayFound(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return sayText(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null
    ? "an object"
    : JSON.stringify(value);
}

function sayText(text: string): string {
  if (OPAQUE_PATTERN.test(text) || text.startsWith("eyJ"))
    return "a token or secret";
  return text.length > LONGEST
    ? `${JSON.stringify(text.slice(0, LONGEST))} and ${text.length - LONGEST} more characters`
    : JSON.stringify(text);
}
