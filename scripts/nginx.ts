/** Finds nginx for the tests of the guard behind it; on a Debian that lets us, brings it. */
import { spawnSync } from "node:child_process";
import { findOrBring } from "./debian-package.ts";

export const HOW_TO_HAVE_NGINX =
  "There is no nginx. Install it (on Debian: apt-get install nginx-light), or name its program in ASSAY_NGINX.";

/** The program; null: there is none. */
export const bringNginx = (): string | null =>
  findOrBring(findNginx, "nginx-light");

/** Debian puts it where only root's path leads. */
function findNginx(): string | null {
  const named = process.env["ASSAY_NGINX"];
  const candidates = named ? [named] : ["nginx", "/usr/sbin/nginx"];
  return (
    candidates.find((each) => spawnSync(each, ["-v"]).status === 0) ?? null
  );
}
