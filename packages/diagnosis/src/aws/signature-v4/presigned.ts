/** Reads a presigned URL: the parts of the signature stand in the query. */
import { ALGORITHMS } from "./authorization.ts";
import { readCredential } from "./credential.ts";
import { basicDate } from "./dates.ts";
import { decode } from "./percent.ts";
import { isS3 } from "./services.ts";
import type { Parsed, ParseProblem } from "./types.ts";
import { pairsOf } from "./wire.ts";

const DEMANDED = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-SignedHeaders",
  "X-Amz-Signature",
] as const;
const OTHERS = [
  "X-Amz-Expires",
  "X-Amz-Security-Token",
  "X-Amz-Content-Sha256",
] as const;
type Name = (typeof DEMANDED | typeof OTHERS)[number];
const NAMES: ReadonlyMap<string, Name> = new Map(
  [...DEMANDED, ...OTHERS].map((name) => [name.toLowerCase(), name]),
);

/** Whether a query means to carry a signature of Version 4. */
export const meansPresigned = (query: string | null): boolean =>
  query !== null &&
  /(?:^|&)X-Amz-(?:Signature|Algorithm|Credential)=/i.test(query);

export function readPresigned(query: string): Parsed | ParseProblem {
  const found = readNames(query);
  if ("problem" in found) return found;
  const missing = DEMANDED.find((name) => !found.get(name));
  if (missing !== undefined)
    return {
      problem: found.has(missing) ? "it is empty" : "it is missing",
      part: missing,
    };
  const of = (name: Name): string => found.get(name) as string;
  const algorithm = ALGORITHMS.find((name) => name === of("X-Amz-Algorithm"));
  if (algorithm === undefined)
    return { problem: "no algorithm of this name", part: "X-Amz-Algorithm" };
  const credential = readCredential(
    of("X-Amz-Credential"),
    algorithm === "AWS4-HMAC-SHA256",
  );
  if ("problem" in credential)
    return { ...credential, part: "X-Amz-Credential" };
  const amzDate = basicDate(of("X-Amz-Date"));
  if (amzDate === null)
    return {
      problem: "the date is not of the form YYYYMMDDTHHMMSSZ",
      part: "X-Amz-Date",
    };
  const expires = found.get("X-Amz-Expires");
  if (expires === undefined && isS3(credential.service))
    return { problem: "it is missing", part: "X-Amz-Expires" };
  if (expires !== undefined && !/^\d{1,15}$/.test(expires))
    return { problem: "it is no number of seconds", part: "X-Amz-Expires" };
  return {
    algorithm,
    form: "query",
    ...credential,
    signedHeaders: of("X-Amz-SignedHeaders").split(";"),
    signature: of("X-Amz-Signature"),
    amzDate,
    expiresSeconds: expires === undefined ? null : Number(expires),
    sessionToken: found.get("X-Amz-Security-Token") ?? null,
    contentSha256: found.get("X-Amz-Content-Sha256") ?? null,
  };
}

function readNames(query: string): Map<Name, string> | ParseProblem {
  const found = new Map<Name, string>();
  for (const [written, value] of pairsOf(query)) {
    if (written.length > 64) continue;
    const name = NAMES.get(decode(written).toLowerCase());
    if (name === undefined) continue;
    if (found.has(name))
      return { problem: "it stands there twice", part: name };
    found.set(name, decode(value ?? ""));
  }
  return found;
}
