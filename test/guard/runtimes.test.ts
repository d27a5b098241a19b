/** @assay/guard as a fetch handler under Deno, Bun and workerd: bundled from its sources for each platform, then run there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { bundle } from "../runtimes/bundle.ts";
import { runOnBun, runOnDeno, runOnWorkerd } from "../runtimes/platforms.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-guard-runtimes-"));
after(() => rmSync(folder, { recursive: true }));

const check = JSON.stringify(
  fileURLToPath(new URL("runtime-check.ts", import.meta.url)),
);
const bundled = (name: string, conditions: readonly string[], entry: string) =>
  bundle({
    folder,
    name,
    conditions,
    source: `import { checkRuntime } from ${check};\n${entry}\n`,
  });

const RUN = "console.log(await checkRuntime());";

test("Deno", async () =>
  runOnDeno(await bundled("deno", ["browser"], RUN), ["--allow-env"]));

test("Bun", async () => runOnBun(await bundled("bun", ["browser"], RUN)));

test("workerd", async () =>
  runOnWorkerd(
    await bundled(
      "workerd",
      ["workerd", "browser"],
      "export default { async test() { console.log(await checkRuntime()); } };",
    ),
  ));
