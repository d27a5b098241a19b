/** Runs a bundled file on other platforms than Node.js; each has to end well. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));

/** `permissions`: such as `--allow-env`. */
export function runOnDeno(file: string, permissions: readonly string[]): void {
  const deno = binary("deno", [join(modules, ".bin/deno")]);
  run(deno, ["run", ...permissions, file], dirname(file));
}

export function runOnBun(file: string): void {
  const names = readdirSync(join(modules, "@oven")).filter((name) =>
    name.startsWith("bun-"),
  );
  const bun = binary(
    "bun",
    names.map((name) => join(modules, "@oven", name, "bin/bun")),
  );
  run(bun, [file], dirname(file));
}

/** A worker whose `test` is called. */
export function runOnWorkerd(file: string): void {
  const config = join(dirname(file), "config.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (modules = [(name = "main", esModule = embed ${JSON.stringify(basename(file))})], compatibilityDate = "2026-06-01"))]);
`,
  );
  const workerd = createRequire(import.meta.url).resolve("workerd/bin/workerd");
  run(process.execPath, [workerd, "test", config], dirname(file));
}

function binary(name: string, paths: readonly string[]): string {
  const found = paths.find((path) => existsSync(path));
  assert.ok(
    found,
    `${name} comes with npm install for this platform; looked at ${paths.join(", ")}`,
  );
  return found;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    cwd,
    timeout: 240_000,
  });
  assert.equal(error, undefined);
  assert.equal(status, 0, `${stdout}\n${stderr}`);
}
