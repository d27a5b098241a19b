/** Programs of other people's packages that only tests run: not in node_modules itself, and not in the lock, so that nothing that is shipped or measured knows them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";

/** Nothing younger is brought, of their dependencies either: without a lock, a release of today could fail tests that passed yesterday. */
const BEFORE = "2026-11-20";

export interface NpmPrograms {
  /** The folder's name. */
  readonly name: string;
  /** With exact versions. */
  readonly packages: readonly string[];
  /** The programs that are then there. */
  readonly programs: readonly string[];
}

export const npmFolder = ({ name }: NpmPrograms): string =>
  repositoryPath(`node_modules/.cache/${name}`);

/** Once; the packages' scripts are not run. False: they could not be had. */
export function bringByNpm(wanted: NpmPrograms): boolean {
  const { packages, programs } = wanted;
  const folder = npmFolder(wanted);
  const isThere = (): boolean =>
    programs.every((name) =>
      existsSync(join(folder, "node_modules/.bin", name)),
    );
  if (isThere()) return true;
  const names = programs.join(" and ");
  process.stderr.write(`Bringing ${names} for the tests by npm.\n`);
  const how = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  const args = ["install", "--prefix", folder, "--before", BEFORE, ...how];
  try {
    return (
      run("npm", [...args, ...packages], { output: "stderr" }) === 0 &&
      isThere()
    );
  } catch {
    return false;
  }
}
