import type { IssuerCause } from "./issuer-cause.ts";

/** Slash, scheme and case, when nothing but these tells the two apart. */
export function differBySpelling(
  expected: string,
  found: string,
): readonly IssuerCause[] {
  const unslashed = (text: string): string =>
    text.replace(/([^:/]|^)\/{2,}/g, "$1/").replace(/\/$/, "");
  const unschemed = (text: string): string => text.replace(/^[a-z]+:\/\//i, "");
  const [a, b] = [unschemed(unslashed(expected)), unschemed(unslashed(found))];
  if (a.toLowerCase() !== b.toLowerCase()) return [];
  const scheme = (text: string): string =>
    (/^[a-z]+:\/\//i.exec(text)?.[0] ?? "").toLowerCase();
  const causes: IssuerCause[] = [];
  if (scheme(expected) !== scheme(found)) causes.push("issuer.scheme");
  if (unschemed(expected).length !== unschemed(found).length)
    causes.push("issuer.trailing_slash");
  if (a !== b || causes.length === 0) causes.push("issuer.case");
  return causes;
}
