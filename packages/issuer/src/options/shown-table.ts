/** Settings as they may be shown: of a secret, whether there is one. */
import type { SettingsTable } from "./read-table.ts";

export function shownTable<Known extends object>(
  table: SettingsTable<Known>,
  settings: Known,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      table[name as keyof Known].flag === null
        ? value === ""
          ? "not given"
          : "given"
        : hidePassword(value),
    ]),
  );
}

/** A database's address may hold a password. */
export const hidePassword = <T>(value: T): T | string =>
  typeof value === "string"
    ? value
        .replace(/(:\/\/[^:/@]*):[^/?]*@/, "$1:***@")
        .replaceAll(/([?&]password=)[^&]*/gi, "$1***")
    : value;
