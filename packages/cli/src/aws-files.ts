/** The two files of AWS on this machine, found as the SDKs find them, and the sections that they may be asked for. */
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Nobody writes a larger one by hand, and no helper does. In bytes. */
const LARGEST = 1024 * 1024;

export interface AwsFile {
  /** To be shown: the home folder is ~. */
  readonly path: string;
  /** null: there is no such file, which is no fault. */
  readonly text: string | null;
}

export const readCredentialsFile = (env: NodeJS.ProcessEnv): AwsFile =>
  readAt(env, "AWS_SHARED_CREDENTIALS_FILE", "credentials");

export const readConfigFile = (env: NodeJS.ProcessEnv): AwsFile =>
  readAt(env, "AWS_CONFIG_FILE", "config");

/** `variable` names another place. */
function readAt(
  env: NodeJS.ProcessEnv,
  variable: string,
  name: string,
): AwsFile {
  const named = env[variable];
  const path = named
    ? named.replace(/^~(?=$|[\\/])/, homedir())
    : join(homedir(), ".aws", name);
  return { path: shown(path), text: readIfThere(path, variable) };
}

/** As people write it: who they are is in the name of their folder. */
const shown = (path: string): string =>
  path.startsWith(join(homedir(), ".aws"))
    ? `~${path.slice(homedir().length)}`
    : path;

/** null where there is no file. A device, such as /dev/null, is none for the SDKs either. */
export function readIfThere(path: string, variable: string): string | null {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw notReadable(path, "a folder", variable);
    if (!stat.isFile()) return null;
    if (stat.size > LARGEST)
      throw notReadable(path, `${stat.size} bytes`, variable);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code = "an error" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw notReadable(path, code, variable);
  }
}

const notReadable = (
  path: string,
  found: string,
  variable: string,
): UsageError =>
  new UsageError(
    `--aws-profile: expected a file of at most ${LARGEST} bytes that can be read, found ${found} at ${shown(path)}`,
    found === "EACCES"
      ? `chmod u+r ${shown(path)}`
      : `${variable}=FILE assay why --aws-profile NAME`,
  );

/** The heading without its quotation marks: [profile "two words"] is the profile two words. */
export const profileOf = (heading: string): string | null =>
  heading === "default"
    ? heading
    : (/^profile\s+["']?(.*?)["']?$/.exec(heading)?.[1] ?? null);
