/** Finds a Python that has Authlib, for the tests of interoperability; on a Debian that lets us, brings it. */
import { spawnSync } from "node:child_process";
import { findOrBring } from "./debian-package.ts";

export const HOW_TO_HAVE_AUTHLIB =
  "There is no Authlib. Install Authlib and requests for Python (on Debian: apt-get install python3-authlib python3-requests), or name a Python that has them in ASSAY_PYTHON.";

/** The path of the Python; null: there is none that has it. */
export const bringAuthlib = (): string | null =>
  findOrBring(findAuthlib, "python3-authlib", "python3-requests");

/** Debian's own Python first: apt-get brings packages for that one, and PATH may begin with another. */
function findAuthlib(): string | null {
  const named = process.env["ASSAY_PYTHON"];
  const candidates = named ? [named] : ["/usr/bin/python3", "python3"];
  return candidates.find((each) => hasAuthlib(each)) ?? null;
}

const hasAuthlib = (python: string): boolean =>
  spawnSync(python, ["-c", "import authlib, requests"]).status === 0;
