/** Where the admin token is: a file that is named, a variable, or the file that the server on this machine made at its first start. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { isThisMachine } from "./admin-client-address.ts";
import { UsageError } from "./usage-error.ts";

const FILE = "admin-token";

export function adminToken(
  tokenFile: string | undefined,
  server: string,
  env: NodeJS.ProcessEnv,
): string {
  if (tokenFile !== undefined) return readToken(tokenFile, "--token-file");
  const variable = env["ASSAY_ADMIN_TOKEN"];
  if (variable !== undefined && variable !== "")
    return checked(variable, "ASSAY_ADMIN_TOKEN");
  const path = join(dataFolder(env), FILE);
  // Threat: the token of this machine's server, sent to another one.
  if (!isThisMachine(server))
    throw new UsageError(
      `expected an admin token for ${server} by --token-file or ASSAY_ADMIN_TOKEN, found none`,
    );
  try {
    return checked(readFileSync(path, "utf8").trim(), path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `expected an admin token by --token-file, ASSAY_ADMIN_TOKEN or in ${path}, found none; the server writes it there at its first start`,
      "assay serve",
    );
  }
}

function readToken(path: string, flag: string): string {
  try {
    return checked(readFileSync(path, "utf8").trim(), flag);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${flag}: expected a file that can be read, found ${(error as NodeJS.ErrnoException).code ?? "an error"} for ${path}`,
    );
  }
}

/** What cannot stand in a header is no token. The text is not repeated: it may be a secret. */
function checked(text: string, name: string): string {
  if (/^[A-Za-z0-9\-._~+/]+=*$/.test(text)) return text;
  throw new UsageError(
    `${name}: expected an access token alone, found ${text === "" ? "nothing" : "something else"}`,
  );
}

/** As the server has it (`assay serve`, setting dataFolder). */
export const dataFolder = (env: NodeJS.ProcessEnv): string =>
  env["ASSAY_DATA_FOLDER"] ??
  env["STATE_DIRECTORY"] ??
  join(env["XDG_STATE_HOME"] ?? join(homedir(), ".local/state"), "assay");
