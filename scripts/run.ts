import { spawnSync } from "node:child_process";
import { repositoryPath } from "./repository.mjs";

export interface RunOptions {
  /** The working directory; without it, the repository's root. */
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the command's standard output goes; without it, to this process's. */
  readonly output?: "stderr";
}

/** Runs one command to its end and tells its exit status. What it prints is shown. */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): number {
  const { status, error } = spawnSync(command, args, {
    cwd: options.cwd ?? repositoryPath("."),
    env: { ...process.env, ...options.env },
    stdio: ["ignore", options.output === "stderr" ? 2 : "inherit", "inherit"],
  });
  if (error !== undefined) throw error;
  return status ?? 1;
}
