import type { WireRequest } from "./types.ts";

export function signatureVersion2(
  _request: WireRequest,
): "header" | "query" | null {
  return null;
}
