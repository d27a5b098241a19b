/** Finds the Model Context Protocol's own conformance tests, or brings them by npm. */
import { join } from "node:path";
import { bringByNpm, npmFolder, type NpmPrograms } from "./npm-packages.ts";

/** A pre-release: the first that knows the revision 2026-07-28, and that asks an authorization server anything. */
const CONFORMANCE: NpmPrograms = {
  name: "assay-mcp-conformance-0.2.0-alpha.12",
  packages: ["@modelcontextprotocol/conformance@0.2.0-alpha.12"],
  programs: ["conformance"],
};

export const HOW_TO_HAVE_MCP_CONFORMANCE = `npm could not bring ${CONFORMANCE.packages.join()}.`;

/** The program, which is a module for Node; null: it could not be had. */
export const bringMcpConformance = (): string | null =>
  bringByNpm(CONFORMANCE)
    ? join(
        npmFolder(CONFORMANCE),
        "node_modules/@modelcontextprotocol/conformance/dist/index.js",
      )
    : null;
