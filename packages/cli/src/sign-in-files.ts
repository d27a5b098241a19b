/** The files of a sign-in: a folder of the person's own, and in it what the person alone can read. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { UsageError } from "./usage-error.ts";

export interface ProfileFlags {
  readonly profile?: string;
}

/** settings: what to ask for, and of whom. key: the one that tokens are bound to. secret: the client's, where it was typed. */
const ENDINGS = {
  settings: "json",
  tokens: "tokens.json",
  key: "key.json",
  secret: "secret",
} as const;
export type SignInFile = keyof typeof ENDINGS;

/** Throws UsageError. */
export function pathOf(
  { profile = "default" }: ProfileFlags,
  file: SignInFile,
): string {
  // Threat: a name with dots and slashes leads to another folder.
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(profile))
    throw new UsageError(
      "--profile: expected a name of letters, digits, - and _, found something else",
    );
  return join(folder(), `${profile}.${ENDINGS[file]}`);
}

/** Null: there is none. Throws UsageError for a file that others can read, or that cannot be read. */
export async function readOwn(path: string): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw new UsageError(
        `${path}: expected a file that you alone can read, found mode ${(mode & 0o777).toString(8)}`,
        `chmod 600 ${path}`,
      );
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${path}: expected a file that can be read, found ${code ?? "an error"}`,
    );
  }
}

export async function writeOwn(path: string, text: string): Promise<void> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  try {
    // Threat: a file or a link that another has put there, where the folder was open to him: "wx" writes into none that is there.
    await writeFile(draft, text, { mode: 0o600, flag: "wx" });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Removes what is left of a sign-in that has ended. */
export async function removeFiles(flags: ProfileFlags): Promise<void> {
  for (const file of ["settings", "key", "secret"] as const)
    await rm(pathOf(flags, file), { force: true });
}

const folder = (): string =>
  join(
    process.env["ASSAY_CONFIG_FOLDER"] ??
      join(
        process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"),
        "assay",
      ),
    "sign-ins",
  );
