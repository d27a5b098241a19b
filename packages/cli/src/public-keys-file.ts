/** Public keys of a client or of another issuer: read from a file, and named for people. */
import { readJsonFile } from "./read-text.ts";

/** Public keys in a file: one JWK, or a set of them (RFC 7517). Throws UsageError where it is no JSON; the server judges the keys. */
export async function publicKeysIn(
  path: string,
  flag: string,
): Promise<readonly unknown[]> {
  const value = (await readJsonFile(path, flag)) as {
    readonly keys?: unknown;
  } | null;
  return Array.isArray(value?.keys) ? value.keys : [value];
}

export const nameOfKey = ({
  kid,
  kty,
}: {
  readonly kty: string;
  readonly kid?: unknown;
}): string => (typeof kid === "string" ? kid : kty);
