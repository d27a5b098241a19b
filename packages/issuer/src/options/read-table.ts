/** Reads a table of settings: what was given counts before the environment, that before the file, and the file before the default. */
import { readFileSync } from "node:fs";
import { nearestName } from "../nearest-name.ts";
import { StartError } from "../start-error.ts";
import type { Setting } from "./setting.ts";
import { hidePassword } from "./shown-table.ts";
import { withoutServiceLinks } from "./without-service-links.ts";

export type SettingsTable<Settings> = {
  readonly [Name in keyof Settings]: Setting<Settings[Name]>;
};

export interface SettingsSource {
  /** By the names of the table. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path of a file with settings as a JSON object, by their names; null: the one that the variable names, if there is one. */
  readonly config: string | null;
  readonly configVariable: string;
  /** What its variables begin with: any other that does stops the start. */
  readonly prefix: string;
  /** Those that begin so and are for somebody else. One that ends with _ stands for all that begin with it. */
  readonly otherVariables?: readonly string[];
}

type Given = Readonly<Record<string, unknown>>;

/** Throws StartError, which names the setting. */
export function readTable<Settings extends object>(
  table: SettingsTable<Settings>,
  source: SettingsSource,
): Settings {
  const { given, config, configVariable } = source;
  const env = withoutServiceLinks(source.env);
  const variables = Object.values<Setting<unknown>>(table).map(
    ({ variable }) => variable,
  );
  const names = Object.keys(table) as (keyof Settings & string)[];
  refuseStrangers("option", Object.keys(given), names);
  refuseVariables(Object.keys(env), [...variables, configVariable], source);
  const path = config ?? (env[configVariable] || null);
  const file = path === null ? {} : readFile(path);
  refuseStrangers(`setting in ${path}`, Object.keys(file), names);
  return Object.fromEntries(
    names.map((name) => [name, read(name, table[name], given, env, file)]),
  ) as Settings;
}

function read<T>(
  name: string,
  setting: Setting<T>,
  given: Given,
  env: SettingsSource["env"],
  file: Given,
): T {
  const variable = env[setting.variable];
  const [value, where] =
    given[name] !== undefined
      ? [given[name], name]
      : variable !== undefined && variable !== ""
        ? [variable, setting.variable]
        : [file[name], `${name} in the file`];
  if (value === undefined) return setting.fallback;
  const written = textOf(value);
  const parsed = setting.parse(written);
  if (parsed !== undefined) return parsed;
  throw new StartError(
    `${where}: expected ${setting.takes}, found ${setting.flag === null ? "something else" : JSON.stringify(hidePassword(written).slice(0, 80))}`,
  );
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const isList =
    Array.isArray(value) && value.every((one) => typeof one === "string");
  return isList ? value.join(",") : JSON.stringify(value);
}

function readFile(path: string): Given {
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

/** Threat: who asks for something that is not known here would believe it done. */
function refuseVariables(
  names: readonly string[],
  known: readonly string[],
  { prefix, otherVariables = [] }: SettingsSource,
): void {
  const isOfOthers = (name: string): boolean =>
    otherVariables.some((other) =>
      other.endsWith("_") ? name.startsWith(other) : name === other,
    );
  const stranger = names.find(
    (name) =>
      name.startsWith("ASSAY_") &&
      !known.includes(name) &&
      !isOfOthers(name) &&
      (name.startsWith(prefix) || nearestName(name, known) !== null),
  );
  if (stranger !== undefined)
    throw unknown("variable", stranger, known, otherVariables);
}

/** `others` may be meant too, and are not listed. */
function unknown(
  what: string,
  name: string,
  known: readonly string[],
  others: readonly string[] = [],
): StartError {
  const nearest = nearestName(name, [...known, ...others]);
  return new StartError(
    `unknown ${what} ${JSON.stringify(name.slice(0, 80))}; ${nearest === null ? `known are ${known.join(", ")}` : `${nearest} may be meant`}`,
  );
}
