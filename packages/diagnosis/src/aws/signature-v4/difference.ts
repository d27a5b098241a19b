import type {
  Difference,
  DifferenceHints,
  Parsed,
  WireRequest,
} from "./types.ts";

export async function findDifference(
  _request: WireRequest,
  _parsed: Parsed,
  _secretAccessKey: string,
  _hints: DifferenceHints | undefined,
  _spend: (units: number) => boolean,
): Promise<Difference | null> {
  return null;
}
