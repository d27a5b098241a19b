import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";

/** What was carried where the token should be, as it stands: blanks, quotes and all. */
export interface Carried {
  readonly text: string;
  /** Where it stood: after the right scheme in the header, as the header's whole value, or given by itself. */
  readonly at: "after_scheme" | "header" | "token";
}

/** The text in which a damaged token is looked for. null: there is none. */
export function carriedText({
  inquiry: { request, token },
  policy,
  token: seen,
}: Investigation): Carried | null {
  if (policy.kind === "client_assertion") return given(seen?.text ?? token);
  const [value] = request ? headerValues(request, "authorization") : [];
  if (value === undefined) return given(token);
  const { scheme = "Bearer" } = policy;
  const trimmed = withoutBlanks(value);
  const word = /^[^ \t]*/.exec(trimmed)?.[0] ?? "";
  if (word.toLowerCase() !== scheme.toLowerCase())
    return trimmed === "" ? null : { text: trimmed, at: "header" };
  const rest = withoutBlanks(trimmed.slice(word.length));
  return rest === "" ? null : { text: rest, at: "after_scheme" };
}

/** Blanks and tabs may stand around a header's value (RFC 9110 section 5.5); other white space is damage. */
function withoutBlanks(value: string): string {
  const isBlank = (at: number): boolean =>
    value[at] === " " || value[at] === "\t";
  let [start, end] = [0, value.length];
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return value.slice(start, end);
}

const given = (text: string | undefined): Carried | null =>
  text === undefined || text === "" ? null : { text, at: "token" };
