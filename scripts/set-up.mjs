/**
 * Brings the packages when package-lock.json changed, and does nothing otherwise.
 * Plain JavaScript for Node 20: it runs before the Node that the lock brings is there.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { repositoryPath } from "./repository.mjs";

const STAMP = repositoryPath("node_modules/.assay-lock");

export function setUp() {
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === digestOfTheLock())
    return;

  process.stderr.write(
    "Bringing the packages that package-lock.json names. This happens when it has changed.\n",
  );
  // `npm ci` empties node_modules first. That is right for a fresh clone; later it would take away the Node that runs this.
  const verb = existsSync(repositoryPath("node_modules")) ? "install" : "ci";
  npm([verb, "--include=dev", "--include=optional", "--loglevel=error"]);
  writeFileSync(STAMP, digestOfTheLock());
}

function digestOfTheLock() {
  const lock = readFileSync(repositoryPath("package-lock.json"));
  return createHash("sha256").update(lock).digest("hex");
}

/** @param {string[]} args */
function npm(args) {
  const cli = process.env["npm_execpath"];
  const [command, first, shell] =
    cli !== undefined && existsSync(cli)
      ? [process.execPath, [cli], false]
      : ["npm", [], process.platform === "win32"];
  const { status, error } = spawnSync(command, [...first, ...args], {
    cwd: repositoryPath("."),
    shell,
    // Standard output belongs to the command that was asked for.
    stdio: ["ignore", 2, 2],
  });
  if (error !== undefined) throw error;
  if (status !== 0) {
    process.stderr.write(
      `npm ${args[0]} failed. Its own message stands above; when it is mended, run the command again.\n`,
    );
    process.exit(status ?? 1);
  }
}
