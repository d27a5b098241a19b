/** Puts a text that imports the packages' sources into one file for a platform. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Bundle {
  readonly folder: string;
  readonly name: string;
  /** What decides between node:crypto and WebCrypto. */
  readonly conditions: readonly string[];
  readonly source: string;
}

export async function bundle({
  folder,
  name,
  conditions,
  source,
}: Bundle): Promise<string> {
  const input = join(folder, `${name}-entry.ts`);
  writeFileSync(input, source);
  const build = await rolldown({
    input,
    cwd: root,
    external: [/^node:/],
    resolve: {
      conditionNames: ["@assay/source", ...conditions, "import", "default"],
      modules: [join(root, "node_modules")],
    },
  });
  const file = join(folder, `${name}.js`);
  await build.write({ file, format: "esm", codeSplitting: false });
  return file;
}
