/** Variables of ours that are no settings of the server, and may be set where it starts. */
export const OTHER_VARIABLES: readonly string[] = [
  "ASSAY_MASTER_KEY",
  // Of the other commands.
  "ASSAY_SERVER",
  "ASSAY_ADMIN_TOKEN",
  "ASSAY_CONFIG_FOLDER",
  "ASSAY_GUARD_",
  // Of the tests in the repository: they start servers.
  "ASSAY_CADDY",
  "ASSAY_CHROMIUM",
  "ASSAY_FAULTS",
  "ASSAY_FIELD_NOTES",
  "ASSAY_FUZZ_RUNS",
  "ASSAY_MCP_CONFORMANCE",
  "ASSAY_NGINX",
  "ASSAY_NPM_TOOLS",
  "ASSAY_POSTGRES",
  "ASSAY_PYTHON",
  "ASSAY_REDIS",
  "ASSAY_VECTORS",
];
