/** Finds the programs of others that the guard is tested with; on a Debian that lets us, brings them. */
import { spawnSync } from "node:child_process";
import { findOrBring } from "./debian-package.ts";

export interface GuardProgram {
  /** Names it, where it is not found by itself. The tests find it there too. */
  readonly variable: string;
  readonly candidates: readonly string[];
  /** What it is asked to see that it is there. */
  readonly version: string;
  readonly debian: string;
}

/** By the test in test/guard that needs it. */
export const GUARD_PROGRAMS: Readonly<Record<string, GuardProgram>> = {
  nginx: {
    variable: "ASSAY_NGINX",
    // Debian puts it where only root's path leads.
    candidates: ["nginx", "/usr/sbin/nginx"],
    version: "-v",
    debian: "nginx-light",
  },
  caddy: {
    variable: "ASSAY_CADDY",
    candidates: ["caddy"],
    version: "version",
    debian: "caddy",
  },
  redis: {
    variable: "ASSAY_REDIS",
    candidates: ["redis-server"],
    version: "--version",
    debian: "redis-server",
  },
};

/** The program; null: there is none. */
export const bringGuardProgram = (program: GuardProgram): string | null =>
  findOrBring(() => find(program), program.debian);

export const howToHave = ({
  variable,
  candidates,
  debian,
}: GuardProgram): string =>
  `There is no ${candidates[0]}. Install it (on Debian: apt-get install ${debian}), or name its program in ${variable}.`;

function find({ variable, candidates, version }: GuardProgram): string | null {
  const named = process.env[variable];
  return (
    (named ? [named] : candidates).find(
      (each) => spawnSync(each, [version]).status === 0,
    ) ?? null
  );
}
