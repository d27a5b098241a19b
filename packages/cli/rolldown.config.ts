import { defineConfig } from "rolldown";
import { thirdPartyLicenses } from "../../scripts/third-party-licenses.ts";

/** The command in parts: a call loads those that it needs, and the compile cache holds them. A server that runs for months holds no others. */
export default defineConfig({
  input: { assay: "packages/cli/src/main.ts" },
  platform: "node",
  // Only servers load these, which are packages of their own.
  external: [/^@assay\/issuer(?:\/|$)/, "ioredis"],
  resolve: { conditionNames: ["@assay/source", "node", "import", "default"] },
  plugins: [thirdPartyLicenses("third-party-licenses.txt")],
  output: {
    dir: "packages/cli/dist",
    format: "esm",
    entryFileNames: "[name].js",
    // Beside the entry: what looks for its files looks from there.
    chunkFileNames: "[name]-[hash].js",
    minify: false,
  },
});
