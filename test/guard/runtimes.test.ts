/** @assay/guard as a fetch handler under Deno, Bun and workerd: bundled from its sources for each platform, then run there. */
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
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../../", import.meta.url));
const modules = join(root, "node_modules");
const folder = mkdtempSync(join(tmpdir(), "assay-guard-runtimes-"));
after(() => rmSync(folder, { recursive: true }));

async function bundle(
  name: string,
  conditions: readonly string[],
  entry: string,
): Promise<string> {
  const input = join(folder, `${name}-entry.ts`);
  const check = JSON.stringify(join(root, "test/guard/runtime-check.ts"));
  writeFileSync(input, `import { checkRuntime } from ${check};\n${entry}\n`);
  const build = await rolldown({
    input,
    cwd: root,
    external: [/^node:/],
    resolve: {
      conditionNames: ["@assay/source", ...conditions, "import", "default"],
      modules: [modules],
    },
  });
  const file = join(folder, `${name}.js`);
  await build.write({ file, format: "esm", codeSplitting: false });
  return file;
}

function runs(command: string, args: readonly string[]): void {
  assert.ok(
    existsSync(command),
    `${command} comes with npm install for this platform`,
  );
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    cwd: folder,
    timeout: 240_000,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
}

const RUN = "console.log(await checkRuntime());";

test("Deno", async () =>
  runs(join(modules, ".bin/deno"), [
    "run",
    "--allow-env",
    await bundle("deno", ["browser"], RUN),
  ]));

test("Bun", async () => {
  const [name = ""] = readdirSync(join(modules, "@oven")).filter((one) =>
    one.startsWith("bun-"),
  );
  runs(join(modules, "@oven", name, "bin/bun"), [
    await bundle("bun", ["browser"], RUN),
  ]);
});

test("workerd", async () => {
  const file = await bundle(
    "workerd",
    ["workerd", "browser"],
    "export default { async test() { console.log(await checkRuntime()); } };",
  );
  const config = join(folder, "config.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (modules = [(name = "main", esModule = embed ${JSON.stringify(basename(file))})], compatibilityDate = "2026-06-01"))]);
`,
  );
  const workerd = createRequire(import.meta.url).resolve("workerd/bin/workerd");
  runs(process.execPath, [workerd, "test", config]);
});
