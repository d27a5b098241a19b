/** Reads the settings of the server. */
import { SETTINGS, type ServerOptions, type Settings } from "../options.ts";
import { checkTogether } from "./check-together.ts";
import { OTHER_VARIABLES } from "./other-variables.ts";
import { readTable } from "./read-table.ts";

/** Names a file with settings as a JSON object, by their names. */
export const CONFIG_VARIABLE = "ASSAY_CONFIG";

/** Throws StartError, which names the setting. `config`: the path of a file; null: the variable's, if there is one. */
export function readSettings(
  given: ServerOptions,
  env: Readonly<Record<string, string | undefined>>,
  config: string | null = null,
): Settings {
  const settings = readTable<Settings>(SETTINGS, {
    given,
    env,
    config,
    configVariable: CONFIG_VARIABLE,
    prefix: "ASSAY_",
    otherVariables: OTHER_VARIABLES,
  });
  checkTogether(settings);
  return settings;
}
