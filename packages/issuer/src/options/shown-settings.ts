/** The server's settings as they may be shown. */
import { SETTINGS, type Settings } from "../options.ts";
import { shownTable } from "./shown-table.ts";

export const shownSettings = (
  settings: Settings,
): Readonly<Record<string, unknown>> => shownTable(SETTINGS, settings);
