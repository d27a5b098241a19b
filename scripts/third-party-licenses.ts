import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "rolldown";

/** Puts a file beside the bundle with the licence of every package that went into it, as those licences ask. */
export function thirdPartyLicenses(fileName: string): Plugin {
  return {
    name: "third-party-licenses",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) =>
        file.type === "chunk" ? file.moduleIds : [],
      );
      const packages = new Set(
        modules.flatMap(
          (path) =>
            /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(
              path,
            )?.[0] ?? [],
        ),
      );
      const source = [...packages]
        .toSorted()
        .map(licenceOf)
        .join(`\n\n${"-".repeat(72)}\n\n`);
      this.emitFile({ type: "asset", fileName, source });
    },
  };
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as Record<string, string>;
  const [file] = globSync("LICEN[CS]E*", { cwd: folder });
  const text =
    file === undefined
      ? `License: ${license}`
      : readFileSync(join(folder, file), "utf8").trim();
  return `${name} ${version}\n\n${text}`;
}
