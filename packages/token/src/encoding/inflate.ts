import { readBytes } from "./read-bytes.ts";

/**
 * What a ZLIB stream (RFC 1950) holds, up to a bound. null: no valid stream, cut off, or followed by something else. The input goes in
 * by small pieces, so that even a decompressor that runs ahead of its reader cannot blow up far beyond the bound: DEFLATE makes
 * at most about 1,000 bytes of one.
 */
export async function inflate(
  compressed: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array | "too_large" | null> {
  const unpacked = slices(compressed).pipeThrough(
    new DecompressionStream("deflate"),
  );
  try {
    return (await readBytes(unpacked, maxBytes)) ?? "too_large";
  } catch {
    return null;
  }
}

const SLICE = 1024;

function slices(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += SLICE)));
    },
  });
}
