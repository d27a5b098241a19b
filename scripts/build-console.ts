/** Builds the web console into the issuer, and does nothing when none of its sources changed since. */
import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";

const OUTPUT = repositoryPath("packages/issuer/console/index.html");
const STAMPS = repositoryPath("node_modules/.cache/assay");
const STAMP = join(STAMPS, "console");

const SOURCES = [
  "package-lock.json",
  "tsconfig.base.json",
  "packages/{token,diagnosis,handbook,console}/package.json",
  "packages/{token,diagnosis,handbook,console}/src/**/*",
  "packages/console/build/**/*",
  "scripts/third-party-licenses.ts",
  "packages/console/*.{ts,html,json}",
  // What the handbook is made of.
  "docs/{reasons,causes,guides,contract}/*",
  "vectors/*",
];

export function buildConsole(): void {
  const sources = digestOfSources();
  const built = existsSync(STAMP) ? readFileSync(STAMP, "utf8") : "";
  if (built === sources && existsSync(OUTPUT)) return;

  process.stderr.write(
    "Building the console. This happens when its sources have changed.\n",
  );
  const build = repositoryPath("packages/console/build/build.ts");
  const status = run(
    process.execPath,
    ["--conditions=@assay/source", build, dirname(OUTPUT)],
    { output: "stderr" },
  );
  if (status !== 0) process.exit(status);
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(STAMP, sources);
}

function digestOfSources(): string {
  const hash = createHash("sha256");
  const root = repositoryPath(".");
  const files = globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of files) {
    const content = readFileSync(file);
    hash
      .update(`${file.slice(root.length)}\0${content.length}\0`)
      .update(content);
  }
  return hash.digest("hex");
}
