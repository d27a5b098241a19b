/** Tokens in a file that its owner alone can read, shared by processes. */
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { misconfigured, TemporarilyUnavailable } from "../errors.ts";
import type { TokenStore } from "../store.ts";
import { readTokenSet, type TokenSet } from "../token-set.ts";
import { FileLock, type LockTimes } from "./file-lock.ts";

export interface FileStoreOptions {
  readonly lockTimes?: LockTimes;
}

export class FileStore implements TokenStore {
  readonly #path: string;
  readonly #lock: FileLock;

  constructor(path: string, { lockTimes }: FileStoreOptions = {}) {
    this.#path = path;
    this.#lock = new FileLock(`${path}.lock`, lockTimes);
  }

  /** Throws TokenError (`configuration`) for a file that others can read. What is no token set counts as none. */
  async load(): Promise<TokenSet | null> {
    try {
      // Threat: everybody on this machine with the tokens of one. Windows has no such bits.
      const { mode } = await stat(this.#path);
      if (process.platform !== "win32" && (mode & 0o077) !== 0)
        throw misconfigured(
          `a file that its owner alone can read at ${this.#path}`,
          `mode ${(mode & 0o777).toString(8)}`,
        );
      return readTokenSet(await readFile(this.#path, "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  /** The new file takes the old one's place in one step: whoever reads finds the one or the other, also after a power cut. */
  async save(tokens: TokenSet | null): Promise<void> {
    // Threat: a process that slept while holding the lock writes an older refresh token over a newer one.
    if (!(await this.#lock.isHeld()))
      throw new TemporarilyUnavailable(
        "that another process took the lock of the tokens over",
      );
    if (!tokens) {
      await rm(this.#path, { force: true });
      return;
    }
    const draft = `${this.#path}.${randomUUID()}`;
    try {
      const file = await open(draft, "wx", 0o600);
      try {
        await file.writeFile(JSON.stringify(tokens));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, this.#path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async exclusive<Result>(task: () => Promise<Result>): Promise<Result> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    return this.#lock.run(task);
  }
}
