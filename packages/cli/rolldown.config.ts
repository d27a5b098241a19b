import { defineConfig } from "rolldown";
import { thirdPartyLicenses } from "../../scripts/third-party-licenses.ts";

/** The command as one file: what a call does not need lies in it unevaluated, and the compile cache holds the rest. */
export default defineConfig({
  input: "packages/cli/src/main.ts",
  platform: "node",
  // Only servers load these, which are packages of their own.
  external: [/^@assay\/issuer(?:\/|$)/, "ioredis"],
  resolve: { conditionNames: ["@assay/source", "node", "import", "default"] },
  plugins: [thirdPartyLicenses("third-party-licenses.txt")],
  output: {
    file: "packages/cli/dist/assay.js",
    format: "esm",
    codeSplitting: false,
    minify: false,
  },
});
