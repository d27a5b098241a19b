/** The parts of a canonical request, and the text that they make. */
import { signedHeaders, type SignedHeader } from "./canonical-headers.ts";
import { canonicalPath, type PathReading } from "./canonical-path.ts";
import { signedPairs, sortPairs, writePairs } from "./canonical-query.ts";
import { payloadHash } from "./payload-hash.ts";
import { isS3 } from "./services.ts";
import type { Parsed, VerifyOptions, WireRequest } from "./types.ts";
import { targetOf } from "./wire.ts";

export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly SignedHeader[];
  readonly payload: string;
}

export async function canonicalParts(
  request: WireRequest,
  parsed: Parsed,
  options: VerifyOptions & { readonly pathReading?: PathReading } = {},
): Promise<CanonicalParts> {
  const { path, query } = targetOf(request.url);
  const own = isS3(parsed.service);
  return {
    method: request.method,
    path: canonicalPath(path, {
      normalize: options.normalizePath ?? !own,
      encodeAgain: options.encodePath ?? !own,
      ...(options.pathReading && { reading: options.pathReading }),
    }),
    query: writePairs(
      sortPairs(
        signedPairs(query, unsigned(parsed, options.sessionToken === "added")),
      ),
    ),
    headers: signedHeaders(request, parsed),
    payload: options.payloadHash ?? (await payloadHash(request, parsed)),
  };
}

/** The parameters that the signature does not cover: itself, and a session token that came after it. */
export function unsigned(
  parsed: Parsed,
  tokenAdded: boolean,
): ReadonlySet<string> {
  if (parsed.form !== "query") return new Set();
  return new Set(
    tokenAdded
      ? ["x-amz-signature", "x-amz-security-token"]
      : ["x-amz-signature"],
  );
}

export const writeCanonical = (parts: CanonicalParts): string =>
  [
    parts.method,
    parts.path,
    parts.query,
    ...parts.headers.map(([name, value]) => `${name}:${value}`),
    "",
    parts.headers.map(([name]) => name).join(";"),
    parts.payload,
  ].join("\n");
