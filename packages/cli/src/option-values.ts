/** What more than one table of commands reads an option's value by. */
import { InvalidArgumentError } from "commander";

/** For an option that may be repeated. */
export const repeated = (
  value: string,
  earlier: readonly string[] = [],
): readonly string[] => [...earlier, value];

export function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text))
    throw new InvalidArgumentError("Expected a whole number.");
  return Number(text);
}
