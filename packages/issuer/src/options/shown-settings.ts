/** The settings as they may be shown: of a secret, whether there is one. */
import { SETTINGS, type Settings } from "../options.ts";

export function shownSettings(
  settings: Settings,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      SETTINGS[name as keyof Settings].flag === null
        ? value === ""
          ? "not given"
          : "given"
        : hidePassword(value),
    ]),
  );
}

/** A database's address may hold a password. */
const hidePassword = (value: unknown): unknown =>
  typeof value === "string"
    ? value.replace(/(:\/\/[^:/@]*):[^@/]*@/, "$1:***@")
    : value;
