/** Takes a body off the wire: hashed as it comes, and kept only while it is short, so that a large upload costs no memory. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface Body {
  /** In small hex digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** null: too long to keep, or no UTF-8. */
  readonly text: string | null;
}

export const LARGEST_BODY = 64 * 1024 * 1024;
const KEPT = 1024 * 1024;

/** null: larger than is taken. */
export async function receiveBody(
  request: IncomingMessage,
): Promise<Body | null> {
  if (Number(request.headers["content-length"] ?? 0) > LARGEST_BODY)
    return null;
  const hash = createHash("sha256");
  let kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({
    destroyOnReturn: false,
  }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY) return null;
    hash.update(chunk);
    if (bytes <= KEPT) kept.push(chunk);
    else kept = [];
  }
  return {
    sha256: hash.digest("hex"),
    bytes,
    text: bytes > KEPT ? null : textOf(Buffer.concat(kept)),
  };
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return null;
  }
}
