/** Where data lies when nothing is said: the service's own folder under systemd, else the user's (XDG Base Directory Specification). */
import { homedir } from "node:os";
import { join } from "node:path";

export const defaultDataFolder = (
  env: Readonly<Record<string, string | undefined>>,
): string =>
  env["STATE_DIRECTORY"] ??
  join(env["XDG_STATE_HOME"] ?? join(homedir(), ".local/state"), "assay");
