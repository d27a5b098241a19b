/** The setting `issuer`: names, or in JSON objects with `issuer` and `jwksUri`. */
import type { TrustedIssuer } from "@assay/guard";
import { isAddress } from "./listen-address.ts";

type Issuer = string | TrustedIssuer;

/** undefined: it is none. */
export function readIssuers(
  given: string,
  isLoopback: (host: string) => boolean,
): readonly Issuer[] | undefined {
  const isName = (name: unknown): name is string =>
    typeof name === "string" && isAddress(name, isLoopback);
  if (!given.trimStart().startsWith("[")) {
    const names = given.split(/[\s,]+/).filter((name) => name !== "");
    return names.every(isName) ? names : undefined;
  }
  const rows = rowsOf(given);
  const fits = (row: unknown): row is Issuer => {
    if (typeof row !== "object" || row === null) return isName(row);
    const { issuer, jwksUri, ...others } = row as Record<string, unknown>;
    // Whose keys are named may have any name.
    return (
      typeof issuer === "string" &&
      isName(jwksUri) &&
      Object.keys(others).length === 0
    );
  };
  return rows?.every(fits) ? rows : undefined;
}

/** The members of a list in JSON; undefined: it is none. */
export function rowsOf(given: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(given);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
