import { concatenate } from "./concatenate.ts";

/**
 * All bytes of a stream, up to a bound. null: there are more. Counts what really comes: Content-Length is only a promise, and says
 * nothing of a compressed body. Rejects when the stream breaks.
 */
export async function readBytes(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const reader = stream?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      reader?.cancel().catch(() => {});
      return null;
    }
    chunks.push(value);
  }
  return concatenate(chunks, length);
}
