/** Puts `check.ts`, the packages' sources and all vectors into one file for a platform. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, type Bundle } from "./bundle.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const vectors = readdirSync(join(root, "vectors"))
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) =>
    readFileSync(join(root, "vectors", name), "utf8")
      .split("\n")
      .filter(Boolean),
  );

interface BundledCheck extends Omit<Bundle, "source"> {
  /** How the platform starts it: it has `checkRuntime` and `vectors` in scope. */
  readonly entry: string;
}

export function bundleCheck({ entry, ...rest }: BundledCheck): Promise<string> {
  const check = JSON.stringify(join(root, "test/runtimes/check.ts"));
  return bundle({
    ...rest,
    source: `import { checkRuntime } from ${check};\nconst vectors = [${vectors.join(",")}];\n${entry}\n`,
  });
}
