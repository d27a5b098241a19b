/** Where the published vectors are: the folder that ASSAY_VECTORS names, else beside the repository. null: they are not here. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const named =
  process.env["ASSAY_VECTORS"] ??
  fileURLToPath(new URL("../../../../shared/vectors", import.meta.url));

export const publishedVectors: string | null = existsSync(named) ? named : null;

if (publishedVectors === null) {
  const text = `published vectors left out: no folder ${named}; name it by ASSAY_VECTORS`;
  if (process.env["CI"] === "true") throw new Error(text);
  console.error(text);
}
