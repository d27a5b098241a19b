/** The last line of the canonical request: the hash of the body, or a word in its place. */
import { platform } from "@assay/token";
import { isS3 } from "./services.ts";
import type { Parsed, WireRequest } from "./types.ts";
import { headerOf, indexHeaders } from "./wire.ts";

export const EMPTY_HASH =
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
export const UNSIGNED = "UNSIGNED-PAYLOAD";

export async function payloadHash(
  request: WireRequest,
  parsed: Parsed,
): Promise<string> {
  const declared = declaredHash(request, parsed);
  // UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD and the like stand for themselves.
  if (declared !== null && !/^[0-9a-f]{64}$/i.test(declared)) return declared;
  if (request.body !== null && !isLossy(request.body, declared)) {
    if (declared === null && parsed.form === "query" && isS3(parsed.service))
      return UNSIGNED;
    // Also where a hash is declared: it is compared with what was received.
    return hashOf(request.body);
  }
  if (declared !== null) return declared;
  return parsed.form === "query" && isS3(parsed.service)
    ? UNSIGNED
    : EMPTY_HASH;
}

/** Bytes that were no UTF-8 became U+FFFD when the request was written down: this is not the body that travelled. */
const isLossy = (body: string | Uint8Array, declared: string | null): boolean =>
  declared !== null && typeof body === "string" && body.includes("\uFFFD");

/** The hash that the request names for its body. */
export function declaredHash(
  request: WireRequest,
  parsed: Parsed,
): string | null {
  const declared =
    parsed.contentSha256 ??
    headerOf(indexHeaders(request), "x-amz-content-sha256");
  return declared === "" ? null : declared;
}

/** SHA-256 in small hex digits. */
export async function hashOf(data: string | Uint8Array): Promise<string> {
  return hex(await platform.digest("sha256", data));
}

const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += DIGITS[byte] as string;
  return text;
}
