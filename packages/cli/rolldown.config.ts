import { defineConfig } from "rolldown";
import { thirdPartyLicenses } from "../../scripts/third-party-licenses.ts";

/** The command as one file: what a call does not need lies in it unevaluated, and the compile cache holds the rest. */
export default defineConfig({
  input: "packages/cli/src/main.ts",
  platform: "node",
  // Only `assay serve` loads the server, which is a package of its own.
  external: ["@assay/issuer"],
  resolve: { conditionNames: ["@assay/source", "node", "import", "default"] },
  plugins: [thirdPartyLicenses("third-party-licenses.txt")],
  output: {
    file: "packages/cli/dist/assay.js",
    format: "esm",
    codeSplitting: false,
    minify: false,
  },
});
