import type { Parsed, ParseProblem, WireRequest } from "./types.ts";

export function parseSigned(
  _request: WireRequest,
): Parsed | ParseProblem | null {
  return null;
}
