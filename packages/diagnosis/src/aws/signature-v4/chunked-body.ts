/**
 * A body that is sent in chunks, each with a signature of its own (S3 API reference, "Transferring payload in multiple chunks" and
 * "Including trailing headers"): size in hex digits, `;chunk-signature=…`, a line end, the content, a line end; at last one of size 0.
 */

export interface Chunk {
  readonly content: Uint8Array;
  /** null: the chunk names none, as where the payload is not signed. */
  readonly signature: string | null;
}

export interface ChunkedBody {
  /** With the last one, which is empty. */
  readonly chunks: readonly Chunk[];
  /** As they stand, in their order. */
  readonly trailers: readonly (readonly [name: string, value: string])[];
  readonly trailerSignature: string | null;
}

/** Longer than any line before a chunk. */
const LONGEST_LINE = 256;
/** Trailers are a few short headers. */
const LONGEST_END = 8_192;
const SIGNATURE = "x-amz-trailer-signature";

/** "not_chunked": it is not built so at its start; "cut": it ends, or goes wrong, before the last chunk. */
export function readChunkedBody(
  body: Uint8Array,
): ChunkedBody | "not_chunked" | "cut" {
  const chunks: Chunk[] = [];
  for (let at = 0; ;) {
    const line = lineAt(body, at);
    const head =
      /^([0-9A-Fa-f]{1,12})(?:;chunk-signature=([0-9a-f]{64,144}\**))?$/.exec(
        line ?? "",
      );
    if (line === null || !head)
      return chunks.length === 0 ? "not_chunked" : "cut";
    at += line.length + 2;
    const size = Number.parseInt(head[1] ?? "", 16);
    if (at + size > body.length) return "cut";
    const signature = head[2]?.replace(/\*+$/, "") ?? null;
    chunks.push({ content: body.subarray(at, at + size), signature });
    at += size;
    if (size === 0)
      return { chunks, ...trailersOf(body.subarray(at, at + LONGEST_END)) };
    if (body[at] !== 13 || body[at + 1] !== 10) return "cut";
    at += 2;
  }
}

/** Up to the next CR LF; null: there is none nearby. */
function lineAt(body: Uint8Array, at: number): string | null {
  const end = body.indexOf(13, at);
  if (end < 0 || end - at > LONGEST_LINE || body[end + 1] !== 10) return null;
  return latin1(body.subarray(at, end));
}

function trailersOf(
  end: Uint8Array,
): Pick<ChunkedBody, "trailers" | "trailerSignature"> {
  const trailers: (readonly [string, string])[] = [];
  let trailerSignature: string | null = null;
  for (const line of latin1(end).split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === SIGNATURE) trailerSignature = value;
    else trailers.push([name, value]);
  }
  return { trailers, trailerSignature };
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
