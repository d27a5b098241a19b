import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { repositoryPath } from "../repository.mjs";

/** Every file that git tracks, or would if it were added now, relative to the repository's root. */
export function trackedFiles(): readonly string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: repositoryPath("."),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    },
  );
  // A file that was deleted but not yet committed is still in git's list.
  return listed
    .split("\0")
    .filter((path) => path !== "" && existsSync(repositoryPath(path)));
}
