/** Puts `check.ts`, the packages' sources and all vectors into one file for a platform. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../../", import.meta.url));

const vectors = readdirSync(join(root, "vectors"))
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) =>
    readFileSync(join(root, "vectors", name), "utf8")
      .split("\n")
      .filter(Boolean),
  );

interface Bundle {
  readonly folder: string;
  readonly name: string;
  /** What decides between node:crypto and WebCrypto. */
  readonly conditions: readonly string[];
  /** How the platform starts it: it has `checkRuntime` and `vectors` in scope. */
  readonly entry: string;
}

export async function bundleCheck({
  folder,
  name,
  conditions,
  entry,
}: Bundle): Promise<string> {
  const source = join(folder, `${name}-entry.ts`);
  const check = JSON.stringify(join(root, "test/runtimes/check.ts"));
  writeFileSync(
    source,
    `import { checkRuntime } from ${check};\nconst vectors = [${vectors.join(",")}];\n${entry}\n`,
  );
  const build = await rolldown({
    input: source,
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
