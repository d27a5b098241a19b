/** `npm run settings`: writes what is told of the settings elsewhere from their tables: packages/issuer/src/options.ts, packages/cli/src/guard-server/settings.ts. */
import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { SETTINGS } from "@assay/issuer";
import * as server from "@assay/issuer/process";
import { guardSettings } from "../packages/cli/src/guard-server/settings.ts";
import { repositoryPath } from "./repository.mjs";

export interface Written {
  readonly path: string;
  readonly text: string;
}

interface Told {
  /** What the settings are of. */
  readonly title: string;
  readonly command: string;
  readonly source: string;
  readonly configVariable: string;
  readonly secrets: string;
  readonly rows: readonly (readonly [string, server.Setting<unknown>])[];
}

const SERVER: Told = {
  title: "Settings of the server",
  command: "serve",
  source: "packages/issuer/src/options.ts",
  configVariable: "ASSAY_CONFIG",
  secrets: " The master key is `ASSAY_MASTER_KEY` or a file (masterKeyFile).",
  rows: Object.entries(SETTINGS),
};

const GUARD: Told = {
  title: "Settings of the guard's command",
  command: "guard",
  source: "packages/cli/src/guard-server/settings.ts",
  configVariable: "ASSAY_GUARD_CONFIG",
  secrets: "",
  rows: Object.entries(guardSettings(server)),
};

export const writtenSettings = async (): Promise<readonly Written[]> => [
  { path: "docs/settings.md", text: page(SERVER) },
  { path: "docs/guard-settings.md", text: page(GUARD) },
  {
    path: "packages/cli/src/serve-flags.ts",
    text: await format(flags(SERVER), { parser: "typescript" }),
  },
  {
    path: "packages/cli/src/guard-flags.ts",
    text: await format(flags(GUARD), { parser: "typescript" }),
  },
];

function page({
  title,
  command,
  source,
  configVariable,
  secrets,
  rows,
}: Told): string {
  const sections = rows.map(([name, setting]) => {
    const { about, takes, flag, variable, fallback, fallbackText } = setting;
    const given = [flag, variable]
      .filter((one) => one !== null)
      .map((one) => `\`${one}\``);
    return `## ${name}

${about}

- Given by: ${given.join(" or ")}
- Takes: ${takes}
- Default: ${fallbackText ?? String(fallback)}
`;
  });
  return `# ${title}

This page is made from \`${source}\` by \`npm run settings\`.

A flag goes before a variable, a variable before the file, the file before the default. The file is a JSON object with the names of this page; \`--config FILE\` or
\`${configVariable}\` names it. A name that is not known stops the start. \`assay ${command} --check\` reads everything, says what it found, and starts nothing.

Secrets have no flag: every user of a machine can read a command line.${secrets}

${sections.join("\n")}`;
}

function flags({ command, source, rows }: Told): string {
  const entries = rows.flatMap(([, { flag, about, fallback }]) =>
    flag === null
      ? []
      : [
          {
            flag,
            about,
            value: typeof fallback !== "boolean",
            list: Array.isArray(fallback),
          },
        ],
  );
  return `/** The flags of \`assay ${command}\`, made from ${source} by \`npm run settings\`: the command must not load what runs to know them. */
import type { SettingFlag } from "./setting-flags.ts";

export const ${command.toUpperCase()}_FLAGS: readonly SettingFlag[] = ${JSON.stringify(entries)};
`;
}

if (import.meta.main)
  for (const { path, text } of await writtenSettings())
    writeFileSync(repositoryPath(path), text);
