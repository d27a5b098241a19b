import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { repositoryPath } from "../scripts/repository.mjs";

/** From the start until it is looked at, in milliseconds. */
const REST = 6000;

/** Resident memory in MiB of `assay serve` as it is built and installed, of so many starts, with the console, on an empty SQLite database. Needs `npm run build`. */
export async function idleMemory(starts: number): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), "assay-idle-"));
  // Without its sources, as it is installed: beside them, it runs those.
  for (const part of ["bin", "dist", "package.json"])
    cpSync(repositoryPath(`packages/cli/${part}`), join(folder, part), {
      recursive: true,
    });
  symlinkSync(repositoryPath("node_modules"), join(folder, "node_modules"));
  const found: number[] = [];
  for (let i = 0; i < starts; i++) {
    const server = spawn(
      process.execPath,
      [join(folder, "bin/assay.js"), "serve", "--port", "0"],
      {
        env: { ...process.env, ASSAY_DATA_FOLDER: join(folder, `data-${i}`) },
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    await once(server.stdout, "data");
    await wait(REST);
    const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
    found.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
    server.kill("SIGTERM");
    await once(server, "exit");
  }
  rmSync(folder, { recursive: true });
  return found;
}
