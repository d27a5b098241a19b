/** The tools whose output the tests in test/tools read: finds each; on a Debian that lets us, or by npm, brings what is missing. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { basename } from "node:path";
import { findChromium } from "./chromium.ts";
import { bringByApt } from "./debian-package.ts";
import { bringByNpm, npmFolder, type NpmPrograms } from "./npm-packages.ts";
import { repositoryPath } from "./repository.mjs";

const COLLECTIONS: NpmPrograms = {
  name: "assay-capture-tools",
  packages: ["newman@6.2.2", "@usebruno/cli@4.1.0"],
  programs: ["newman", "bru"],
};

interface Tool {
  readonly name: string;
  readonly isThere: () => boolean;
  /** The packages of Debian that have it; of these the first that can be had. */
  readonly packages: readonly string[];
}

const command = (
  name: string,
  packages: readonly string[] = [name],
  version: readonly string[] = ["--version"],
): Tool => ({ name, isThere: () => runs(name, version), packages });

const file = (
  name: string,
  path: string,
  packages: readonly string[],
): Tool => ({
  name,
  isThere: () => existsSync(path),
  packages,
});

const CURL = command("curl");
const AWS = command("aws", ["awscli"]);

const NPM_TOOLS: Tool = {
  name: `${COLLECTIONS.packages.join(" and ")} (by npm)`,
  isThere: () => bringByNpm(COLLECTIONS),
  packages: [],
};

const CHROMIUM: Tool = {
  name: "Chromium (on Debian: apt-get install chromium)",
  isThere: () => findChromium() !== null,
  packages: [],
};

/** Which tools each file of tests needs. */
const TOOLS: Readonly<Record<string, readonly Tool[]>> = {
  "aws-check": [CURL, AWS],
  "captures-browser": [CHROMIUM],
  "captures-collections": [NPM_TOOLS],
  "captures-gateways": [
    command("nginx", ["nginx-light", "nginx"], ["-v"]),
    command("apache2", ["apache2-bin"], ["-v"]),
    file("mod_auth_openidc", "/usr/lib/apache2/modules/mod_auth_openidc.so", [
      "libapache2-mod-auth-openidc",
    ]),
  ],
  "captures-http": [CURL, command("wget"), command("http", ["httpie"]), AWS],
  "captures-tools": [
    command("kubectl", ["kubernetes-client"], ["version", "--client"]),
    command("docker", ["docker-cli", "docker.io"]),
    command("skopeo"),
    command("git"),
    command("npm"),
  ],
};

export interface CaptureTools {
  /** The files of tests whose tools are there. */
  readonly tests: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** How a person gets what is missing; null: nothing is. */
  readonly missing: string | null;
}

/** Throws where a file of tests names no tools: it would be left out, and nobody would know. */
export function captureTools(): CaptureTools {
  const missing = new Set<string>();
  const tests: string[] = [];
  for (const test of globSync("test/tools/*.test.ts", {
    cwd: repositoryPath("."),
  }).toSorted()) {
    const tools = TOOLS[basename(test, ".test.ts")];
    if (!tools) throw new Error(`scripts/capture-tools.ts: ${test} is unknown`);
    const without = tools.filter((tool) => !bring(tool));
    for (const tool of without) missing.add(howTo(tool));
    if (without.length === 0) tests.push(test);
  }
  const chromium = findChromium();
  return {
    tests,
    env: {
      ASSAY_NPM_TOOLS: npmFolder(COLLECTIONS),
      ...(chromium !== null && { ASSAY_CHROMIUM: chromium }),
    },
    missing: missing.size === 0 ? null : `Install ${[...missing].join("; ")}.`,
  };
}

const howTo = ({ name, packages }: Tool): string =>
  packages.length === 0
    ? name
    : `${name} (on Debian: apt-get install ${packages.at(-1)})`;

function bring(tool: Tool): boolean {
  return (
    tool.isThere() ||
    tool.packages.some((name) => bringByApt(name) && tool.isThere())
  );
}

/** Servers stand where only an administrator looks. */
function runs(name: string, version: readonly string[]): boolean {
  const env = {
    ...process.env,
    PATH: `${process.env["PATH"] ?? ""}:/usr/sbin`,
  };
  return spawnSync(name, version, { stdio: "ignore", env }).status === 0;
}
