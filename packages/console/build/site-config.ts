import { fileURLToPath } from "node:url";
import type { InlineConfig } from "vite";
import { thirdPartyLicenses } from "../../../scripts/third-party-licenses.ts";
import { handbookPlugin } from "./handbook-plugin.ts";
import { CONDITIONS } from "./inspector-config.ts";

/** The site's script, style and icon. The search and what it searches are a chunk that is loaded when somebody types. */
export const siteConfig: InlineConfig = {
  root: fileURLToPath(new URL("../", import.meta.url)),
  plugins: [handbookPlugin(), thirdPartyLicenses("licenses.txt")],
  resolve: { conditions: [...CONDITIONS] },
  publicDir: false,
  build: {
    emptyOutDir: false,
    manifest: true,
    target: "es2024",
    modulePreload: false,
    // The site's policy forbids data: addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { input: ["src/site/site.ts", "src/site/icon.svg"] },
  },
};
