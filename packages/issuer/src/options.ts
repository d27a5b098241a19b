/** Every setting once: option, variable, default, and what it takes. */
import { isIP } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nearestName } from "./nearest-name.ts";
import { StartError } from "./start-error.ts";

export interface Settings {
  /** Where to listen. "localhost" is 127.0.0.1 and ::1. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether a host that other machines can reach is meant. */
  readonly allowRemote: boolean;
  /** The folder of the built console. */
  readonly consoleFolder: string;
  /** The issuer's name (RFC 8414 section 2): what stands in iss. "" stands for the address that the server listens on. */
  readonly issuer: string;
  /** Where database, master key and first admin token lie. */
  readonly dataFolder: string;
  /** "" is assay.db in the data folder; the path of an SQLite file; or postgres://… */
  readonly database: string;
  /** "" is master-key in the data folder. The variable ASSAY_MASTER_KEY goes before it. */
  readonly masterKeyFile: string;
}

export type ServerOptions = {
  readonly [Name in keyof Settings]?: Settings[Name] | undefined;
};

interface Setting<T> {
  readonly flag: string;
  readonly variable: string;
  readonly fallback: T;
  /** What it takes, for an error. */
  readonly takes: string;
  /** undefined: not what it takes. */
  readonly parse: (text: string) => T | undefined;
}

export const SETTINGS: {
  readonly [Name in keyof Settings]: Setting<Settings[Name]>;
} = {
  host: {
    flag: "--host",
    variable: "ASSAY_HOST",
    fallback: "localhost",
    takes: "a host name or an IP address without a port",
    parse: (text) =>
      isIP(text) > 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text)
        ? text.toLowerCase()
        : undefined,
  },
  port: {
    flag: "--port",
    variable: "ASSAY_PORT",
    fallback: 4455,
    takes: "a whole number from 0 to 65535",
    parse: (text) =>
      /^\d{1,5}$/.test(text) && Number(text) <= 65_535
        ? Number(text)
        : undefined,
  },
  allowRemote: {
    flag: "--allow-remote",
    variable: "ASSAY_ALLOW_REMOTE",
    fallback: false,
    takes: "true or false",
    parse: (text) => ({ true: true, false: false })[text],
  },
  consoleFolder: {
    flag: "--console-folder",
    variable: "ASSAY_CONSOLE_FOLDER",
    fallback: fileURLToPath(new URL("../console/", import.meta.url)),
    takes: "the path of a folder",
    parse: (text) => (text === "" ? undefined : text),
  },
  issuer: {
    flag: "--issuer",
    variable: "ASSAY_ISSUER",
    fallback: "",
    takes:
      "an https URL (http on this machine alone) without query, fragment and final slash",
    parse: (text) => (isIssuer(text) ? text : undefined),
  },
  dataFolder: {
    flag: "--data-folder",
    variable: "ASSAY_DATA_FOLDER",
    fallback: defaultDataFolder(process.env),
    takes: "the path of a folder",
    parse: (text) => (text === "" ? undefined : text),
  },
  database: {
    flag: "--database",
    variable: "ASSAY_DATABASE",
    fallback: "",
    takes: "the path of a file, or postgres://…",
    parse: (text) => text,
  },
  masterKeyFile: {
    flag: "--master-key-file",
    variable: "ASSAY_MASTER_KEY_FILE",
    fallback: "",
    takes: "the path of a file",
    parse: (text) => text,
  },
};

/** The service's own folder under systemd, else the user's state folder (XDG Base Directory Specification). */
function defaultDataFolder(
  env: Readonly<Record<string, string | undefined>>,
): string {
  return (
    env["STATE_DIRECTORY"] ??
    join(env["XDG_STATE_HOME"] ?? join(homedir(), ".local/state"), "assay")
  );
}

/** RFC 8414 section 2. Threat: tokens whose issuer anybody on the way can play. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text) || /[?#]|\/$/.test(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return (
    username === "" &&
    password === "" &&
    (protocol === "https:" ||
      (protocol === "http:" && isLoopback(hostname.replace(/^\[|\]$/g, ""))))
  );
}

/** What was given counts before the environment, and the environment before the default. Throws StartError, which names the setting. */
export function readSettings(
  given: ServerOptions,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  refuseStrangers(given, env);
  const settings: Settings = {
    host: read("host", given, env),
    port: read("port", given, env),
    allowRemote: read("allowRemote", given, env),
    consoleFolder: read("consoleFolder", given, env),
    issuer: read("issuer", given, env),
    dataFolder: read("dataFolder", given, env),
    database: read("database", given, env),
    masterKeyFile: read("masterKeyFile", given, env),
  };
  // Threat: an inspector meant for one person, open to a whole network by a slip.
  if (!settings.allowRemote && !isLoopback(settings.host)) {
    throw new StartError(
      `host: expected an address of this machine alone, found ${settings.host}, which other machines may reach; ${SETTINGS.allowRemote.flag} or ${SETTINGS.allowRemote.variable}=true says that this is meant`,
      `assay serve --host ${settings.host} ${SETTINGS.allowRemote.flag}`,
    );
  }
  return settings;
}

/** A name other than localhost may resolve to anything, so it is never taken for this machine. */
export function isLoopback(host: string): boolean {
  return (
    host === "localhost" ||
    host === "::1" ||
    (isIP(host) === 4 && host.startsWith("127."))
  );
}

function read<Name extends keyof Settings>(
  name: Name,
  given: ServerOptions,
  env: Readonly<Record<string, string | undefined>>,
): Settings[Name] {
  const setting = SETTINGS[name];
  const option = given[name];
  const text = option === undefined ? env[setting.variable] : String(option);
  if (text === undefined || (option === undefined && text === ""))
    return setting.fallback;
  const value = setting.parse(text);
  if (value !== undefined) return value;
  throw new StartError(
    `${option === undefined ? setting.variable : name}: expected ${setting.takes}, found ${JSON.stringify(text.slice(0, 80))}`,
  );
}

/** A misspelt setting would silently be the default. Variables far from all of ours belong to somebody else. */
function refuseStrangers(
  given: ServerOptions,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const names = Object.keys(SETTINGS);
  for (const name of Object.keys(given))
    if (!names.includes(name))
      throw new StartError(unknown("option", name, names));
  const variables = Object.values(SETTINGS).map(({ variable }) => variable);
  for (const name of Object.keys(env)) {
    if (
      name.startsWith("ASSAY_") &&
      !variables.includes(name) &&
      nearestName(name, variables) !== null
    ) {
      throw new StartError(unknown("variable", name, variables));
    }
  }
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `unknown ${what} ${JSON.stringify(name.slice(0, 80))}; ${nearest === null ? `known are ${known.join(", ")}` : `${nearest} may be meant`}`;
}
