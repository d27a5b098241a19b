import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The sources of the workspace are bundled as they are; the platform is the browser's WebCrypto. */
const conditions = ["@assay/source", "module", "browser", "import", "default"];

export default defineConfig({
  plugins: [react()],
  resolve: { conditions },
  build: {
    outDir: "../issuer/console",
    emptyOutDir: true,
    target: "es2024",
    // The page's policy forbids inline scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
});
