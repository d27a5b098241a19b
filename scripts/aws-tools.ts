/** Finds curl and the AWS CLI for the tests of `assay aws-check`; on a Debian that lets us, brings them. */
import { spawnSync } from "node:child_process";
import { bringByApt } from "./debian-package.ts";

const TOOLS = [
  { command: "curl", package: "curl" },
  { command: "aws", package: "awscli" },
] as const;

/** How a person gets what is missing; null: all of it is there. */
export function missingAwsTools(): string | null {
  const missing = TOOLS.filter(
    (tool) =>
      !runs(tool.command) && !(bringByApt(tool.package) && runs(tool.command)),
  );
  return missing.length === 0
    ? null
    : `Install ${missing.map((tool) => tool.command).join(" and ")} (on Debian: apt-get install ${missing.map((tool) => tool.package).join(" ")}).`;
}

const runs = (command: string): boolean =>
  spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
