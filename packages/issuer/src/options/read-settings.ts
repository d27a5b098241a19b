/** Reads the settings: what was given counts before the environment, that before the file, and the file before the default. */
import { readFileSync } from "node:fs";
import { nearestName } from "../nearest-name.ts";
import { SETTINGS, type ServerOptions, type Settings } from "../options.ts";
import { StartError } from "../start-error.ts";
import { checkTogether } from "./check-together.ts";

/** Names a file with settings as a JSON object, by their names. */
export const CONFIG_VARIABLE = "ASSAY_CONFIG";

/** Variables of ours that are no settings of the table. */
const OTHER_VARIABLES = [
  CONFIG_VARIABLE,
  "ASSAY_MASTER_KEY",
  "ASSAY_SERVER",
  "ASSAY_ADMIN_TOKEN",
];

type Environment = Readonly<Record<string, string | undefined>>;
type Given = Readonly<Record<string, unknown>>;

const NAMES = Object.keys(SETTINGS) as readonly (keyof Settings)[];

/** Throws StartError, which names the setting. `config`: the path of a file; null: the variable's, if there is one. */
export function readSettings(
  given: ServerOptions,
  env: Environment,
  config: string | null = null,
): Settings {
  refuseStrangers("option", Object.keys(given), NAMES);
  refuseVariables(env);
  const file = readFile(config ?? (env[CONFIG_VARIABLE] || null));
  const settings = Object.fromEntries(
    NAMES.map((name) => [name, read(name, given, env, file)]),
  ) as unknown as Settings;
  checkTogether(settings);
  return settings;
}

function read<Name extends keyof Settings>(
  name: Name,
  given: Given,
  env: Environment,
  file: Given,
): Settings[Name] {
  const setting = SETTINGS[name];
  const variable = env[setting.variable];
  const [value, where] =
    given[name] !== undefined
      ? [given[name], name]
      : variable !== undefined && variable !== ""
        ? [variable, setting.variable]
        : [file[name], `${name} in the file`];
  if (value === undefined) return setting.fallback;
  const written =
    typeof value === "string"
      ? value
      : Array.isArray(value)
        ? value.join(",")
        : JSON.stringify(value);
  const parsed = setting.parse(written);
  if (parsed !== undefined) return parsed;
  throw new StartError(
    `${where}: expected ${setting.takes}, found ${setting.flag === null ? "something else" : JSON.stringify(written.slice(0, 80))}`,
  );
}

function readFile(path: string | null): Given {
  if (path === null) return {};
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new StartError(
      `the file of settings ${path}: expected a JSON object, found ${error instanceof SyntaxError ? "text that is no JSON" : String((error as NodeJS.ErrnoException).code)}`,
      null,
      error,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new StartError(
      `the file of settings ${path}: expected a JSON object, found another value`,
    );
  refuseStrangers(`setting in ${path}`, Object.keys(value), NAMES);
  return value as Given;
}

/** A misspelt setting would silently be the default. */
function refuseStrangers(
  what: string,
  names: readonly string[],
  known: readonly string[],
): void {
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) throw unknown(what, stranger, known);
}

/** Variables far from all of ours belong to somebody else. */
function refuseVariables(env: Environment): void {
  const known = [
    ...Object.values(SETTINGS).map(({ variable }) => variable),
    ...OTHER_VARIABLES,
  ];
  const stranger = Object.keys(env).find(
    (name) =>
      name.startsWith("ASSAY_") &&
      !known.includes(name) &&
      nearestName(name, known) !== null,
  );
  if (stranger !== undefined) throw unknown("variable", stranger, known);
}

function unknown(
  what: string,
  name: string,
  known: readonly string[],
): StartError {
  const nearest = nearestName(name, known);
  return new StartError(
    `unknown ${what} ${JSON.stringify(name.slice(0, 80))}; ${nearest === null ? `known are ${known.join(", ")}` : `${nearest} may be meant`}`,
  );
}
