/** This machine's own AWS configuration, as the part of an inquiry that it stands for. Nothing is fetched, started or shown. */
import {
  readIniFile,
  type Inquiry,
  type InquiryContext,
  type Section,
} from "@assay/diagnosis";
import {
  profileOf,
  readConfigFile,
  readCredentialsFile,
  type AwsFile,
} from "./aws-files.ts";
import { readKeptSession } from "./aws-session-cache.ts";
import { readSignOnEnd } from "./aws-sign-on-cache.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** As many names as help somebody who mistyped one. */
const NAMES_SHOWN = 8;

interface Machine {
  readonly credentials: AwsFile;
  readonly config: AwsFile;
  readonly inCredentials: ReadonlyMap<string, Section>;
  readonly inConfig: ReadonlyMap<string, Section>;
}

/**
 * What the files and the AWS_ variables say, beside an inquiry about what went wrong, or about nothing. A profile that is in no
 * file is an error where nothing else is asked, and a note beside an error that somebody pasted, which may say just that.
 */
export function readAwsConfiguration(
  profile: string,
  asked: Inquiry,
  terminal: Terminal,
): InquiryContext {
  const machine = readMachine();
  const missing = missingProfile(profile, machine);
  if (missing) {
    if (!asked.token && !asked.request && !asked.response) throw missing;
    terminal.note(`warning: ${missing.message}`);
  }
  const { credentials, config } = machine;
  const now = asked.now === undefined ? Date.now() : Date.parse(asked.now);
  const session = signOnOf(profile, machine);
  return {
    documents: {
      ...(session !== null && readSignOnEnd(session, now)),
      ...readKeptSession((name) => settingOf(machine, profile, name)),
    },
    aws: {
      ...asked.context?.aws,
      profile,
      environment: awsVariables(process.env),
      ...(credentials.text !== null && { credentialsFile: credentials.text }),
      ...(config.text !== null && { configFile: config.text }),
    },
  };
}

function readMachine(): Machine {
  const credentials = readCredentialsFile(process.env);
  const config = readConfigFile(process.env);
  return {
    credentials,
    config,
    inCredentials: readIniFile(credentials.text ?? ""),
    inConfig: new Map(
      [...readIniFile(config.text ?? "")].flatMap(([heading, section]) => {
        const name = profileOf(heading);
        return name === null ? [] : [[name, section] as const];
      }),
    ),
  };
}

/** Other variables are nobody's business, whatever they hold. */
const awsVariables = (
  env: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[0].startsWith("AWS_") && entry[1] !== undefined,
    ),
  );

/** The default profile may be nowhere: then the environment is all there is. */
function missingProfile(profile: string, machine: Machine): UsageError | null {
  const { credentials, config, inCredentials, inConfig } = machine;
  if (
    profile === "default" ||
    inCredentials.has(profile) ||
    inConfig.has(profile)
  )
    return null;
  const wanted = `--aws-profile: expected a profile of this machine, found no “${profile.slice(0, 80)}”`;
  if (readIniFile(config.text ?? "").has(profile))
    return new UsageError(
      `${wanted}: in ${config.path} its heading is [${profile}], which the SDKs do not read; they want [profile ${profile}]`,
      `aws configure --profile ${profile}`,
    );
  const known = [...new Set([...inCredentials.keys(), ...inConfig.keys()])];
  const more = known.length > NAMES_SHOWN ? ", …" : "";
  const names = known.slice(0, NAMES_SHOWN).join(", ");
  return new UsageError(
    known.length === 0
      ? `${wanted}, nor any other in ${credentials.path} and ${config.path}`
      : `${wanted} in ${credentials.path} and ${config.path}, which have ${names}${more}`,
    `assay why --aws-profile ${known[0] ?? "default"}`,
  );
}

const settingOf = (
  { inCredentials, inConfig }: Machine,
  owner: string,
  name: string,
): string | null =>
  inConfig.get(owner)?.settings.get(name)?.value ??
  inCredentials.get(owner)?.settings.get(name)?.value ??
  null;

/** What the cache of single sign-on names its file after: of this profile, or of the one whose credentials it takes. */
function signOnOf(profile: string, machine: Machine): string | null {
  const setting = (owner: string, name: string): string | null =>
    settingOf(machine, owner, name);
  for (const owner of [profile, setting(profile, "source_profile")]) {
    if (owner === null) continue;
    const session =
      setting(owner, "sso_session") ?? setting(owner, "sso_start_url");
    if (session !== null) return session;
  }
  return null;
}
