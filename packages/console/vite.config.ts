import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // The workspace's sources are bundled as they are; the platform is the browser's WebCrypto.
  resolve: {
    conditions: ["@assay/source", "module", "browser", "import", "default"],
  },
  build: {
    outDir: "../issuer/console",
    emptyOutDir: true,
    target: "es2024",
    // The page's policy forbids inline scripts, styles and data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Nothing is loaded later: once the page is there, it needs no connection.
    rolldownOptions: { output: { codeSplitting: false } },
    chunkSizeWarningLimit: 1024,
  },
  worker: {
    format: "es",
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
