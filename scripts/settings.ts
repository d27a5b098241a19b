/** `npm run settings`: writes what is told of the server's settings elsewhere from their one table, packages/issuer/src/options.ts. */
import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { SETTINGS } from "@assay/issuer";
import { repositoryPath } from "./repository.mjs";

export interface Written {
  readonly path: string;
  readonly text: string;
}

export const writtenSettings = async (): Promise<readonly Written[]> => [
  { path: "docs/settings.md", text: page() },
  {
    path: "packages/cli/src/serve-flags.ts",
    text: await format(flags(), { parser: "typescript" }),
  },
];

const rows = Object.entries(SETTINGS);

function page(): string {
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
  return `# Settings of the server

This page is made from \`packages/issuer/src/options.ts\` by \`npm run settings\`.

A flag goes before a variable, a variable before the file, the file before the default. The file is a JSON object with the names of this page; \`--config FILE\` or
\`ASSAY_CONFIG\` names it. A name that is not known stops the start. \`assay serve --check\` reads everything, says what it found, and starts nothing.

Secrets have no flag: every user of a machine can read a command line. The master key is \`ASSAY_MASTER_KEY\` or a file (masterKeyFile).

${sections.join("\n")}`;
}

function flags(): string {
  const entries = rows.flatMap(([, { flag, about, fallback }]) =>
    flag === null
      ? []
      : [{ flag, about, value: typeof fallback !== "boolean" }],
  );
  return `/** The flags of \`assay serve\`, made from the server's table of settings by \`npm run settings\`: the command must not load the server to know them. */
export const SERVE_FLAGS: readonly { readonly flag: string; readonly about: string; readonly value: boolean }[] = ${JSON.stringify(entries)};
`;
}

if (import.meta.main)
  for (const { path, text } of await writtenSettings())
    writeFileSync(repositoryPath(path), text);
