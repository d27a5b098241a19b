/** A PostgreSQL server of the test's own: a new folder, a socket in it, no port. It never runs as root, because it refuses to. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPostgres } from "../../../../scripts/postgres-tools.ts";

export interface PostgresServer {
  /** For a database that exists. */
  url(database?: string): string;
  sql(text: string, database?: string): string;
  /** "immediate": as after a power cut, without a checkpoint. */
  stop(mode: "fast" | "immediate"): void;
  start(): void;
  /** Stops it and removes all of it. */
  remove(): void;
}

/** null: there is no PostgreSQL on this machine; `npm test` says so. */
export function makePostgresServer(
  settings: Readonly<Record<string, string>> = {},
): PostgresServer | null {
  const programs = findPostgres();
  if (programs === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "assay-pg-"));
  const owner = ownerOfServer();
  if (owner !== null) chownSync(folder, owner, owner);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const run = (program: string, ...args: readonly string[]): string => {
    const command = [join(programs, program), ...args];
    const { status, stdout, stderr, error } = spawnSync(
      owner === null ? (command[0] ?? "") : "runuser",
      owner === null ? command.slice(1) : ["-u", "postgres", "--", ...command],
      // Its log goes to a file: a server that held our pipe would keep us waiting.
      { encoding: "utf8", cwd: folder, env: { ...process.env, LC_ALL: "C" } },
    );
    if (error) throw error;
    if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
    return stdout;
  };
  const all = {
    listen_addresses: "",
    unix_socket_directories: folder,
    max_connections: "100",
    ...settings,
  };
  const options = Object.entries(all)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(" ");
  const start = (): void => {
    run(
      "pg_ctl",
      "start",
      "-w",
      "-D",
      data,
      "-l",
      join(folder, "log"),
      "-o",
      options,
    );
  };
  const sql = (text: string, database = "postgres"): string =>
    run(
      "psql",
      "-X",
      "-qAt",
      "-h",
      folder,
      "-U",
      "assay",
      "-d",
      database,
      "-c",
      text,
    );
  run(
    "initdb",
    "-D",
    data,
    "-U",
    "assay",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--no-sync",
  );
  start();
  const remove = (): void => {
    process.off("exit", remove);
    try {
      run("pg_ctl", "stop", "-w", "-D", data, "-m", "immediate");
    } catch {
      // It was stopped already.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  // A test run that is broken off must not leave a server behind.
  process.on("exit", remove);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.once(signal, () => process.exit(1));
  return {
    url: (database = "postgres") =>
      `postgres://assay@localhost/${database}?host=${encodeURIComponent(folder)}`,
    sql,
    start,
    stop: (mode) => void run("pg_ctl", "stop", "-w", "-D", data, "-m", mode),
    remove,
  };
}

/** The user and group id under which root starts it; null: we are not root. */
function ownerOfServer(): number | null {
  if (process.getuid?.() !== 0) return null;
  const { stdout } = spawnSync("id", ["-u", "postgres"], { encoding: "utf8" });
  return Number(stdout);
}
