/** Where the published vectors are: where ASSAY_VECTORS says, or beside the repository. */
import { resolve } from "node:path";
import { repositoryPath } from "./repository.mjs";

export const VECTORS_FOLDER: string = resolve(
  repositoryPath("."),
  process.env["ASSAY_VECTORS"] || "../shared/vectors",
);
