/** Brings a program by apt-get, on a Debian that lets us. */
import { existsSync } from "node:fs";
import { run } from "./run.ts";

/** undefined: not tried yet. Where it failed once, it would fail again, and slowly. */
let updated: boolean | undefined;

/** What `find` finds, now or once these packages are there; null: nothing. */
export const findOrBring = <T>(
  find: () => T | null,
  ...packages: readonly string[]
): T | null =>
  find() ?? (packages.every((name) => bringByApt(name)) ? find() : null);

/** False: this is no Debian, or we are not root, or the package could not be had. */
export function bringByApt(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  process.stderr.write(`Bringing ${name} for the tests by apt-get.\n`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]): boolean =>
    run("apt-get", ["-qq", ...args], { env, output: "stderr" }) === 0;
  updated ??= apt("update");
  return updated && apt("install", "-y", "--no-install-recommends", name);
}
