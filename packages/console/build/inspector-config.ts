import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { InlineConfig } from "vite";
import { thirdPartyLicenses } from "../../../scripts/third-party-licenses.ts";
import { handbookPlugin } from "./handbook-plugin.ts";
import { singleFilePlugin } from "./single-file-plugin.ts";
import { workerPlugin } from "./worker-plugin.ts";

/** The workspace's sources are bundled as they are; the platform is the browser's WebCrypto. */
export const CONDITIONS: readonly string[] = [
  "@assay/source",
  "module",
  "browser",
  "import",
  "default",
];

/** The inspector: one file. */
export const inspectorConfig: InlineConfig = {
  root: fileURLToPath(new URL("../", import.meta.url)),
  plugins: [
    react(),
    workerPlugin(CONDITIONS),
    handbookPlugin(),
    thirdPartyLicenses("licenses.txt"),
    singleFilePlugin(),
  ],
  resolve: { conditions: [...CONDITIONS] },
  publicDir: false,
  build: {
    emptyOutDir: false,
    target: "es2024",
    modulePreload: false,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: "inspector.html",
      output: { codeSplitting: false },
    },
  },
};
