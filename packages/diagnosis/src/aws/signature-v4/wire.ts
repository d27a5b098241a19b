/** The parts of a request as it stood on the wire: nothing is decoded, resolved or put right, since the signature covers every character. */
import type { WireRequest } from "./types.ts";

export interface Target {
  readonly scheme: string;
  /** Host and port as in the URL. */
  readonly authority: string;
  /** From its first slash; empty where the URL has none. */
  readonly path: string;
  /** Without the question mark; null: there is none. */
  readonly query: string | null;
}

export function targetOf(url: string): Target {
  const hash = url.indexOf("#");
  const sent = hash === -1 ? url : url.slice(0, hash);
  const colons = sent.indexOf("://");
  const isAbsolute = colons > 0 && colons < 16;
  const rest = isAbsolute ? sent.slice(colons + 3) : sent;
  const question = rest.indexOf("?");
  const before = question === -1 ? rest : rest.slice(0, question);
  const slash = before.indexOf("/");
  const end = slash === -1 ? before.length : slash;
  return {
    scheme: isAbsolute ? sent.slice(0, colons).toLowerCase() : "",
    authority: isAbsolute ? before.slice(0, end) : "",
    path: isAbsolute ? before.slice(end) : before,
    query: question === -1 ? null : rest.slice(question + 1),
  };
}

/** The values of each header by its name in small letters, in the order of the wire. */
export type HeaderIndex = ReadonlyMap<string, readonly string[]>;

export function indexHeaders(request: WireRequest): HeaderIndex {
  const index = new Map<string, string[]>();
  for (const [name, value] of request.headers) {
    const key = name.trim().toLowerCase();
    const known = index.get(key);
    if (known) known.push(value);
    else index.set(key, [value]);
  }
  return index;
}

/** The only, or the first, value of a header without the blanks around it. */
export function headerOf(index: HeaderIndex, name: string): string | null {
  return index.get(name)?.[0]?.trim() ?? null;
}

/** The pairs of a query as they stand, without their decoding. A null value: no equals sign. */
export function pairsOf(
  query: string | null,
): readonly (readonly [string, string | null])[] {
  if (query === null || query === "") return [];
  const pairs: (readonly [string, string | null])[] = [];
  for (const piece of query.split("&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=");
    pairs.push(
      equals === -1
        ? [piece, null]
        : [piece.slice(0, equals), piece.slice(equals + 1)],
    );
  }
  return pairs;
}
