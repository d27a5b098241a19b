/** The worker as text, so that the one file holds it and its hash covers it. */
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { Plugin } from "vite";
import { thirdPartyLicenses } from "../../../scripts/third-party-licenses.ts";

const NAME = "virtual:diagnosis-worker";
const LICENSES = "worker-licenses.txt";
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
        plugins: [thirdPartyLicenses(LICENSES)],
      });
      const { output } = await bundle.generate({
        format: "iife",
        minify: true,
        codeSplitting: false,
      });
      for (const file of await bundle.watchFiles) this.addWatchFile(file);
      await bundle.close();
      const licenses = output.find(({ fileName }) => fileName === LICENSES);
      if (licenses?.type === "asset")
        this.emitFile({
          type: "asset",
          fileName: LICENSES,
          source: licenses.source,
        });
      return `export default ${JSON.stringify(output[0].code)};`;
    },
  };
}
