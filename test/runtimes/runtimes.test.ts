/** @assay/token, @assay/diagnosis and @assay/client under Deno, Bun and workerd: bundled from their sources for each platform, then run there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { bundleCheck } from "./bundle-check.ts";
import { runOnBun, runOnDeno, runOnWorkerd } from "./platforms.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-runtimes-"));
after(() => rmSync(folder, { recursive: true }));

const bundle = (name: string, conditions: readonly string[], entry: string) =>
  bundleCheck({ folder, name, conditions, entry });

const RUN = "console.log(await checkRuntime(vectors));";
const PERMISSIONS = ["--allow-env", "--allow-read"];

describe("other runtimes", () => {
  it("Deno, with WebCrypto", async () =>
    runOnDeno(await bundle("deno-web", ["browser"], RUN), PERMISSIONS));
  it("Deno, with node:crypto", async () =>
    runOnDeno(await bundle("deno-node", ["node"], RUN), PERMISSIONS));
  it("Bun, with WebCrypto", async () =>
    runOnBun(await bundle("bun-web", ["browser"], RUN)));
  it("Bun, with node:crypto", async () =>
    runOnBun(await bundle("bun-node", ["node"], RUN)));

  it("workerd", async () =>
    runOnWorkerd(
      await bundle(
        "workerd",
        ["workerd", "browser"],
        "export default { async test() { console.log(await checkRuntime(vectors)); } };",
      ),
    ));
});
