/** Builds the web console into the issuer, and does nothing when none of its sources changed since. */
import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";

const OUTPUT = repositoryPath("packages/issuer/console/index.html");
const STAMPS = repositoryPath("node_modules/.cache/assay");
const STAMP = join(STAMPS, "console");

const SOURCES = [
  "package-lock.json",
  "tsconfig.base.json",
  "packages/{token,diagnosis,console}/package.json",
  "packages/{token,diagnosis,console}/src/**/*",
  "packages/console/*.{ts,html,json}",
];

export function buildConsole(): void {
  const sources = digestOfSources();
  const built = existsSync(STAMP) ? readFileSync(STAMP, "utf8") : "";
  if (built === sources && existsSync(OUTPUT)) return;

  process.stderr.write(
    "Building the console. This happens when its sources have changed.\n",
  );
  const vite = repositoryPath("node_modules/vite/bin/vite.js");
  const status = run(process.execPath, [vite, "build", "--logLevel=warn"], {
    cwd: repositoryPath("packages/console"),
    output: "stderr",
  });
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
