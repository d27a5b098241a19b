/** The worker as text, so that the one file holds it and its hash covers it. */
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { Plugin } from "vite";

const NAME = "virtual:diagnosis-worker";
const ENTRY = fileURLToPath(
  new URL("../src/inspector/worker/diagnosis.worker.ts", import.meta.url),
);

export function workerPlugin(conditions: readonly string[]): Plugin {
  return {
    name: "assay-worker",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null;
      const bundle = await rolldown({
        input: ENTRY,
        platform: "browser",
        resolve: { conditionNames: [...conditions] },
      });
      const { output } = await bundle.generate({
        format: "iife",
        minify: true,
        codeSplitting: false,
      });
      for (const file of await bundle.watchFiles) this.addWatchFile(file);
      await bundle.close();
      return `export default ${JSON.stringify(output[0].code)};`;
    },
  };
}
