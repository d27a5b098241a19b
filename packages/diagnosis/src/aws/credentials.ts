/** Credentials as the SDKs find them: the environment, then the profile in the credentials file, then in the configuration file. */
import type { InquiryContext } from "../inquiry.ts";
import { utcMoment } from "./moment.ts";
import { readIniFile, type Section, type Setting } from "./ini-file.ts";

export type Place = "environment" | "credentials_file" | "config_file";

/** One set of credentials, with where it stands. The values are secret: they never leave this folder. */
export interface Credentials {
  readonly place: Place;
  /** The profile; null in the environment. */
  readonly profile: string | null;
  readonly keyId: Setting | null;
  readonly secret: Setting | null;
  readonly sessionToken: Setting | null;
  /** ISO 8601, as some variable or line names it. */
  readonly end: string | null;
  readonly settings: ReadonlyMap<string, Setting>;
}

export interface Configuration {
  readonly environment: ReadonlyMap<string, string>;
  /** In the order in which the SDKs look. */
  readonly all: readonly Credentials[];
  /** The profile that was meant, and whether somebody named it. */
  readonly profile: string;
  readonly profileNamed: boolean;
  /** By a variable, in the call, or by nobody: then it is `default`. */
  readonly chosenBy: "variable" | "call" | "default";
  readonly secretAccessKey: string | null;
  readonly endpoint: string | null;
  /** Everything that the two files say of a profile. */
  readonly setting: (profile: string, name: string) => string | null;
  readonly known: boolean;
}

export function readConfiguration(
  context: InquiryContext["aws"] = {},
): Configuration {
  const text = (name: string): string | null =>
    typeof context[name] === "string" ? context[name] : null;
  const environment = new Map(
    Object.entries((context["environment"] ?? {}) as Record<string, string>),
  );
  const shared = readIniFile(text("credentialsFile") ?? "");
  const config = readIniFile(text("configFile") ?? "");
  // What was meant: botocore reads AWS_DEFAULT_PROFILE first, the others do not read it at all.
  const named =
    text("profile") ??
    environment.get("AWS_PROFILE") ??
    environment.get("AWS_DEFAULT_PROFILE") ??
    null;
  const byVariable = [
    environment.get("AWS_PROFILE"),
    environment.get("AWS_DEFAULT_PROFILE"),
  ].filter(Boolean);
  const configured = new Map(
    [...config].map(([name, section]) => [profileName(name), section]),
  );
  return {
    environment,
    all: [
      ...ofEnvironment(environment),
      ...[...shared].map(([name, section]) =>
        ofSection("credentials_file", profileName(name), section),
      ),
      ...[...configured]
        .filter(([, { settings }]) =>
          ["aws_access_key_id", "aws_session_token"].some((name) =>
            settings.has(name),
          ),
        )
        .map(([name, section]) => ofSection("config_file", name, section)),
    ],
    profile: named ?? "default",
    profileNamed: named !== null,
    chosenBy:
      named === null
        ? "default"
        : byVariable.includes(named)
          ? "variable"
          : "call",
    secretAccessKey: text("secretAccessKey"),
    endpoint: text("endpoint"),
    setting: (profile, name) =>
      (shared.get(profile) ?? shared.get(`profile ${profile}`))?.settings.get(
        name,
      )?.value ??
      configured.get(profile)?.settings.get(name)?.value ??
      null,
    known: Object.keys(context).length > 0,
  };
}

/** In the configuration file a section is headed [profile NAME]; in the credentials file [NAME]. */
const profileName = (section: string): string =>
  section.replace(/^profile\s+/, "").replace(/^["']|["']$/g, "");

function ofEnvironment(
  environment: ReadonlyMap<string, string>,
): readonly Credentials[] {
  const setting = (...names: readonly string[]): Setting | null => {
    const raw = names.map((name) => environment.get(name)).find(Boolean);
    return raw === undefined ? null : { raw, value: raw.trim(), comment: null };
  };
  const keyId = setting("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY");
  const secret = setting("AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY");
  if (!keyId && !secret) return [];
  const settings = new Map(
    [...environment].map(([name, raw]) => [
      name.toLowerCase(),
      { raw, value: raw.trim(), comment: null },
    ]),
  );
  return [
    {
      place: "environment",
      profile: null,
      keyId,
      secret,
      sessionToken: setting("AWS_SESSION_TOKEN"),
      end: endOf(settings),
      settings,
    },
  ];
}

function ofSection(
  place: Place,
  profile: string,
  { settings }: Section,
): Credentials {
  return {
    place,
    profile,
    keyId: settings.get("aws_access_key_id") ?? null,
    secret: settings.get("aws_secret_access_key") ?? null,
    sessionToken: settings.get("aws_session_token") ?? null,
    end: endOf(settings),
    settings,
  };
}

/** Helpers write the end under names of their own: AWS_CREDENTIAL_EXPIRATION, x_security_token_expires, aws_session_expiration … */
function endOf(settings: ReadonlyMap<string, Setting>): string | null {
  for (const [name, { value }] of settings) {
    if (!/expir/i.test(name) || value.length > 40) continue;
    if (!/aws|cred|sess|token|^x_|^expir/i.test(name)) continue;
    const text = value.replace(/^["']|["']$/g, "");
    if (/^\d{10}$/.test(text))
      return new Date(Number(text) * 1000).toISOString();
    if (!/^\d{4}-\d\d-\d\d[T ]/.test(text)) continue;
    const at = utcMoment(text);
    if (at !== null) return new Date(at * 1000).toISOString();
  }
  return null;
}
