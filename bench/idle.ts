/**
 * `npm run bench:idle`: what `assay serve` takes of memory when nobody asks anything, as it is built and installed (`npm run build` comes first),
 * with the console, on an empty SQLite database: resident memory, some seconds after the start. `--json` prints rows.
 */
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
import { parseArgs } from "node:util";
import { repositoryPath } from "../scripts/repository.mjs";
import { median } from "./quantile.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    starts: { type: "string", default: "5" },
    seconds: { type: "string", default: "6" },
  },
});

const folder = mkdtempSync(join(tmpdir(), "assay-idle-"));
// Without its sources, as it is installed: beside them, it runs those.
for (const part of ["bin", "dist", "package.json"])
  cpSync(repositoryPath(`packages/cli/${part}`), join(folder, part), {
    recursive: true,
  });
symlinkSync(repositoryPath("node_modules"), join(folder, "node_modules"));

const found: number[] = [];
for (let i = 0; i < Number(values.starts); i++) {
  const server = spawn(
    process.execPath,
    [join(folder, "bin/assay.js"), "serve", "--port", "0"],
    {
      env: { ...process.env, ASSAY_DATA_FOLDER: join(folder, `data-${i}`) },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  await once(server.stdout, "data");
  await wait(Number(values.seconds) * 1000);
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  found.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  server.kill("SIGTERM");
  await once(server, "exit");
}
rmSync(folder, { recursive: true });

const row = {
  bench: "idle",
  case: "memory idle sqlite",
  system: "assay",
  value: median(found),
  unit: "MiB",
};
process.stdout.write(
  values.json
    ? `${JSON.stringify([row])}\n`
    : `${row.case}: ${row.value.toFixed(1)} ${row.unit} (${found.map((one) => one.toFixed(1)).join(", ")})\n`,
);
