/** Secrets come from files, standard input or variables. Threat: an argument is seen by everybody on the machine, and kept by the shell. */
import { readTextFile } from "./read-text.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface SecretFlags {
  readonly secret?: string;
  readonly secretFile?: string;
  readonly secretEnv?: string;
}

/** The secret that the flags name; null when they name none. One line end at the end of a file is the editor's and is left out. */
export async function readSecret(
  flags: SecretFlags,
  terminal: Terminal,
): Promise<string | null> {
  const { secret, secretFile, secretEnv } = flags;
  const given = [secret, secretFile, secretEnv].filter(
    (value) => value !== undefined,
  );
  if (given.length > 1)
    throw new UsageError(
      "expected one of --secret-file, --secret-env and --secret, found several",
    );
  if (secretFile !== undefined)
    return (await readTextFile(secretFile, "--secret-file")).replace(
      /\r?\n$/,
      "",
    );
  if (secretEnv !== undefined) return fromVariable(secretEnv);
  if (secret === undefined) return null;
  terminal.note(
    "warning: a secret in an argument can be seen by others on this machine; use --secret-file FILE or --secret-env NAME",
  );
  return secret;
}

function fromVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new UsageError(
      `--secret-env: expected the name of a variable that is set, found ${name}, which is not set`,
    );
  return value;
}
