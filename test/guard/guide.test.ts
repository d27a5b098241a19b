/** What the guide and the README say about `assay guard` works as it is written there: each command, and the file of settings. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ASSAY } from "./guard-process.ts";
import { run } from "./running.ts";

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const guide = read("docs/guides/forward-auth.md");
const folder = mkdtempSync(join(tmpdir(), "assay-guide-"));
after(() => rmSync(folder, { recursive: true }));

const [, settings = ""] = /^```json\n(.*?)^```$/ms.exec(guide) ?? [];
writeFileSync(join(folder, "guard.json"), settings);

/** The arguments of each line that calls the command; quotes are the shell's. */
const calls = ["docs/guides/forward-auth.md", "README.md"].flatMap((path) =>
  [
    ...read(path)
      .replaceAll(/\\\n\s*/g, "")
      .matchAll(/^(?: {4})?(?:npx --no-install )?assay (guard .*)$/gm),
  ].map(([, call = ""]) => ({
    path,
    args: [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain ?? "",
    ),
  })),
);

test("the guide has commands, and the README has one", () => {
  assert.ok(calls.filter(({ path }) => path !== "README.md").length >= 4);
  assert.ok(calls.some(({ path }) => path === "README.md"));
});

for (const { path, args } of calls)
  test(`${path}: assay ${args.join(" ")}`, async () => {
    const checked = args.includes("--check") ? args : [...args, "--check"];
    await using call = run(process.execPath, [ASSAY, ...checked], {
      cwd: folder,
    });
    assert.equal(await call.ended(), 0, call.said());
    assert.match(call.said(), /"upstreamForm": "(?:nginx|caddy|traefik)"/);
  });
