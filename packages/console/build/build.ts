/** Builds the console: the inspector as one file, and the site around it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, mergeConfig, type InlineConfig } from "vite";
import { readHandbook } from "./handbook-files.ts";
import { inspectorConfig } from "./inspector-config.ts";
import { siteConfig } from "./site-config.ts";
import type { SiteFiles } from "./site/document.ts";
import { siteDocuments } from "./site/site.ts";

export async function buildConsole(outDir: string): Promise<void> {
  rmSync(outDir, { recursive: true, force: true });
  await viteBuild(inspectorConfig, outDir);
  await viteBuild(siteConfig, outDir);
  for (const [file, text] of siteDocuments(readHandbook(), filesOf(outDir))) {
    const path = join(outDir, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

async function viteBuild(config: InlineConfig, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: "warn",
    ...mergeConfig(config, { build: { outDir } }),
  });
}

interface Manifest {
  readonly [source: string]:
    { readonly file: string; readonly css?: readonly string[] } | undefined;
}

/** The names that the build gave to the site's files. The list of them is no part of the site. */
function filesOf(outDir: string): SiteFiles {
  const folder = join(outDir, ".vite");
  const manifest = JSON.parse(
    readFileSync(join(folder, "manifest.json"), "utf8"),
  ) as Manifest;
  rmSync(folder, { recursive: true });
  const script = manifest["src/site/site.ts"];
  const icon = manifest["src/site/icon.svg"];
  const style = script?.css?.[0];
  if (!script || !icon || style === undefined)
    throw new Error("the build made no script, style or icon for the site");
  return {
    script: `/${script.file}`,
    style: `/${style}`,
    icon: `/${icon.file}`,
  };
}

// As a command: node --conditions=@assay/source build.ts FOLDER
const [, , folder] = process.argv;
if (import.meta.main && folder !== undefined) await buildConsole(folder);
