/** Tokens in a file that its owner alone can read, shared by processes. */
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { TemporarilyUnavailable } from "../errors.ts";
import type { TokenStore } from "../store.ts";
import { readTokenSet, type TokenSet } from "../token-set.ts";
import { FileLock, type LockTimes } from "./file-lock.ts";
import { readOwnFile, writeOwnFile } from "./own-file.ts";

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
    const text = await readOwnFile(this.#path);
    return text === null ? null : readTokenSet(text);
  }

  async save(tokens: TokenSet | null): Promise<void> {
    // Threat: a process that slept while holding the lock writes an older refresh token over a newer one.
    if (!(await this.#lock.isHeld()))
      throw new TemporarilyUnavailable(
        "that another process took the lock of the tokens over",
      );
    if (tokens) await writeOwnFile(this.#path, JSON.stringify(tokens));
    else await rm(this.#path, { force: true });
  }

  async exclusive<Result>(task: () => Promise<Result>): Promise<Result> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    return this.#lock.run(task);
  }
}
