/** @assay/token, @assay/diagnosis and @assay/client under Deno, Bun and workerd: bundled from their sources for each platform, then run there. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { bundleCheck } from "./bundle-check.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "assay-runtimes-"));
after(() => rmSync(folder, { recursive: true }));
const require = createRequire(import.meta.url);

const bundle = (name: string, conditions: readonly string[], entry: string) =>
  bundleCheck({ folder, name, conditions, entry });

const RUN = "console.log(await checkRuntime(vectors));";

function runs(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    cwd: folder,
    timeout: 240_000,
  });
  assert.equal(error, undefined);
  assert.equal(status, 0, `${stdout}\n${stderr}`);
}

function binary(name: string, paths: readonly string[]): string {
  const found = paths.find((path) => existsSync(path));
  assert.ok(
    found,
    `${name} comes with npm install for this platform; looked at ${paths.join(", ")}`,
  );
  return found;
}

const modules = join(root, "node_modules");

describe("other runtimes", () => {
  const deno = (): string => binary("deno", [join(modules, ".bin/deno")]);
  const bun = (): string => {
    const names = readdirSync(join(modules, "@oven")).filter((name) =>
      name.startsWith("bun-"),
    );
    return binary(
      "bun",
      names.map((name) => join(modules, "@oven", name, "bin/bun")),
    );
  };

  it("Deno, with WebCrypto", async () =>
    runs(deno(), [
      "run",
      "--allow-env",
      "--allow-read",
      await bundle("deno-web", ["browser"], RUN),
    ]));
  it("Deno, with node:crypto", async () =>
    runs(deno(), [
      "run",
      "--allow-env",
      "--allow-read",
      await bundle("deno-node", ["node"], RUN),
    ]));
  it("Bun, with WebCrypto", async () =>
    runs(bun(), [await bundle("bun-web", ["browser"], RUN)]));
  it("Bun, with node:crypto", async () =>
    runs(bun(), [await bundle("bun-node", ["node"], RUN)]));

  it("workerd", async () => {
    const file = await bundle(
      "workerd",
      ["workerd", "browser"],
      "export default { async test() { console.log(await checkRuntime(vectors)); } };",
    );
    const config = join(folder, "config.capnp");
    writeFileSync(
      config,
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (modules = [(name = "main", esModule = embed ${JSON.stringify(file.slice(folder.length + 1))})], compatibilityDate = "2026-06-01"))]);
`,
    );
    runs(process.execPath, [
      require.resolve("workerd/bin/workerd"),
      "test",
      config,
    ]);
  });
});
