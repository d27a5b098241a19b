/** A file that its owner alone can read, replaced in one step. */
import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { misconfigured } from "../errors.ts";

/** Null: there is none. Throws TokenError (`configuration`) for one that others can read. */
export async function readOwnFile(path: string): Promise<string | null> {
  try {
    // Threat: everybody on this machine with the secrets of one. Windows has no such bits.
    const { mode } = await stat(path);
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw misconfigured(
        `a file that its owner alone can read at ${path}`,
        `mode ${(mode & 0o777).toString(8)}`,
      );
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** The new file takes the old one's place in one step: whoever reads finds the one or the other, also after a power cut. */
export async function writeOwnFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
