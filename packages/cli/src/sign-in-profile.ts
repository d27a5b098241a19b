/** Who somebody of this machine is signed in as: what to ask for, and the tokens, in files that they alone can read. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { createTokenSource, type TokenSource } from "@assay/client";
import { FileStore } from "@assay/client/node";
import { UsageError } from "./usage-error.ts";

export interface ProfileFlags {
  readonly profile?: string;
}

export interface SignInSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly resource: string | null;
}

/** Null: nobody has signed in under this name. Throws UsageError. */
export async function readProfile(
  flags: ProfileFlags,
): Promise<SignInSettings | null> {
  const path = `${pathOf(flags)}.json`;
  try {
    const value = JSON.parse(
      await readFile(path, "utf8"),
    ) as Partial<SignInSettings> | null;
    const { issuer, clientId, scopes, resource } = value ?? {};
    if (
      typeof issuer !== "string" ||
      typeof clientId !== "string" ||
      !Array.isArray(scopes)
    )
      throw new UsageError(
        `${path}: expected what assay login writes, found something else`,
      );
    return { issuer, clientId, scopes, resource: resource ?? null };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${path}: expected a file that can be read, found ${(error as NodeJS.ErrnoException).code ?? "no JSON"}`,
    );
  }
}

export async function writeProfile(
  flags: ProfileFlags,
  settings: SignInSettings,
): Promise<void> {
  const path = `${pathOf(flags)}.json`;
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, `${JSON.stringify(settings, null, 2)}\n`, {
    mode: 0o600,
  });
  await rename(`${path}.new`, path);
}

export async function removeProfile(flags: ProfileFlags): Promise<void> {
  await rm(`${pathOf(flags)}.json`, { force: true });
}

export const sourceOf = (
  flags: ProfileFlags,
  { issuer, clientId, scopes, resource }: SignInSettings,
): TokenSource =>
  createTokenSource({
    issuer,
    clientId,
    grant: { type: "authorization_code" },
    scopes,
    ...(resource !== null && { resource }),
    store: new FileStore(`${pathOf(flags)}.tokens.json`),
  });

/** The command that signs in anew. */
export const loginAgain = ({ profile }: ProfileFlags): string =>
  profile === undefined ? "assay login" : `assay login --profile ${profile}`;

function pathOf({ profile = "default" }: ProfileFlags): string {
  // Threat: a name with dots and slashes leads to another folder.
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(profile))
    throw new UsageError(
      "--profile: expected a name of letters, digits, - and _, found something else",
    );
  return join(folder(), profile);
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
