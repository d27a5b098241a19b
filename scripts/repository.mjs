import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);

/**
 * The path of something in this repository, whatever the working directory is.
 * @param {string} path relative to the repository's root, with forward slashes
 */
export function repositoryPath(path) {
  return fileURLToPath(new URL(path, root));
}
