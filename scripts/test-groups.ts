/**
 * Everything that `npm test` runs, in this order; `npm test lint types` runs those two. A group that fails does not keep the others from running.
 * What has to be left out on this machine is said at the end, with what would bring it; with CI=true it is a failure.
 */
import { existsSync, globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { HOW_TO_HAVE_AUTHLIB, bringAuthlib } from "./authlib.ts";
import { captureTools } from "./capture-tools.ts";
import { HOW_TO_HAVE_CHROMIUM, findChromium } from "./chromium.ts";
import {
  GUARD_PROGRAMS,
  bringGuardProgram,
  howToHave,
} from "./guard-programs.ts";
import {
  HOW_TO_HAVE_MCP_CONFORMANCE,
  bringMcpConformance,
} from "./mcp-conformance.ts";
import { HOW_TO_HAVE_POSTGRES, bringPostgres } from "./postgres-tools.ts";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";
import { VECTORS_FOLDER } from "./vectors-folder.ts";

interface Group {
  readonly name: string;
  /** A script for the Node of the lock, with its arguments. */
  readonly script?: readonly string[];
  /** Or test files, as patterns. */
  readonly tests?: readonly string[];
  /** Files that run at once at least. Default: as Node has it, one fewer than there are cores. */
  readonly atOnce?: number;
  /** What must be had first. */
  readonly needs?: () => Provision;
}

interface Provision {
  /** The test files that can run, where that depends on what could be had. */
  readonly tests?: readonly string[];
  /** What the tests find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What is left out because it could not be had, and how to have it. */
  readonly leftOut?: {
    readonly what: "the group" | "a part";
    readonly why: string;
  };
}

const GROUPS: readonly Group[] = [
  { name: "lint", script: ["node_modules/oxlint/bin/oxlint"] },
  {
    name: "format",
    script: [
      "node_modules/prettier/bin/prettier.cjs",
      "--check",
      "--log-level=warn",
      ".",
    ],
  },
  { name: "types", script: ["scripts/types.ts"] },
  { name: "checks", tests: ["scripts/checks/*.test.ts"] },
  {
    name: "packages",
    tests: ["packages/*/{src,test}/**/*.test.ts"],
    // Each in folders and databases of its own, and most on one core.
    atOnce: 2,
    needs: () => both(publishedVectors(), postgres()),
  },
  { name: "build", script: ["scripts/build.ts"] },
  { name: "packed", tests: ["test/packed/**/*.test.ts"] },
  { name: "runtimes", tests: ["test/runtimes/**/*.test.ts"] },
  { name: "guard", needs: guard },
  { name: "journey", tests: ["test/journey/**/*.test.ts"] },
  { name: "examples", tests: ["test/examples/**/*.test.ts"] },
  { name: "interop", needs: interop },
  {
    name: "conformance",
    tests: ["test/conformance/**/*.test.ts"],
    needs: publishedVectors,
  },
  { name: "tools", needs: tools },
  { name: "browser", tests: ["test/browser/**/*.test.ts"], needs: chromium },
];

function publishedVectors(): Provision {
  const env = { ASSAY_VECTORS: VECTORS_FOLDER };
  if (existsSync(VECTORS_FOLDER)) return { env };
  const why = `The published vectors are not at ${VECTORS_FOLDER}. Name their folder in ASSAY_VECTORS.`;
  return { env, leftOut: { what: "a part", why } };
}

function postgres(): Provision {
  return program("ASSAY_POSTGRES", bringPostgres(), HOW_TO_HAVE_POSTGRES);
}

function guard(): Provision {
  const programs = Object.entries(GUARD_PROGRAMS).map(([name, needed]) => [
    name,
    program(needed.variable, bringGuardProgram(needed), howToHave(needed)),
  ]);
  const conformance = program(
    "ASSAY_MCP_CONFORMANCE",
    bringMcpConformance(),
    HOW_TO_HAVE_MCP_CONFORMANCE,
  );
  return exceptWithout("test/guard", {
    ...(Object.fromEntries(programs) as Record<string, Provision>),
    "mcp-conformance": conformance,
  });
}

function interop(): Provision {
  const python = program("ASSAY_PYTHON", bringAuthlib(), HOW_TO_HAVE_AUTHLIB);
  return exceptWithout("test/interop", { authlib: python });
}

function chromium(): Provision {
  const how = `There is no Chromium. ${HOW_TO_HAVE_CHROMIUM}`;
  return program("ASSAY_CHROMIUM", findChromium(), how, "the group");
}

function tools(): Provision {
  const { tests, env, missing } = captureTools();
  if (missing === null) return { tests, env };
  const what = tests.length === 0 ? "the group" : "a part";
  return { tests, env, leftOut: { what, why: missing } };
}

/** The tests find it by the variable. */
function program(
  variable: string,
  path: string | null,
  why: string,
  what: "the group" | "a part" = "a part",
): Provision {
  return path === null
    ? { env: {}, leftOut: { what, why } }
    : { env: { [variable]: path } };
}

/** The files of the folder, but for those whose program is not there: `needy` has what each of them needs, by its name. */
function exceptWithout(
  folder: string,
  needy: Readonly<Record<string, Provision>>,
): Provision {
  const without = Object.keys(needy).filter((name) => needy[name]?.leftOut);
  const names = without.length > 0 ? `!(${without.join("|")})` : "*";
  return {
    ...Object.values(needy).reduce(both),
    tests: [`${folder}/${names}.test.ts`],
  };
}

function both(one: Provision, other: Provision): Provision {
  const env = { ...one.env, ...other.env };
  const leftOut = [one.leftOut, other.leftOut].filter((it) => it !== undefined);
  if (leftOut.length === 0) return { env };
  const why = leftOut.map((it) => it.why).join(" ");
  return { env, leftOut: { what: "a part", why } };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter(
  (name) => !GROUPS.some((group) => group.name === name),
);
if (unknown.length > 0) {
  const names = GROUPS.map((group) => group.name).join(", ");
  process.stderr.write(
    `There is no group ${unknown.join(", ")}. The groups are: ${names}.\n`,
  );
  process.exit(2);
}

const inCi = process.env["CI"] === "true";
const report = GROUPS.filter(
  (group) => wanted.length === 0 || wanted.includes(group.name),
).map(runGroup);
process.stdout.write(`\n${report.map(({ line }) => line).join("\n")}\n`);
process.exitCode = report.every(({ passed }) => passed) ? 0 : 1;

function runGroup(group: Group): {
  readonly passed: boolean;
  readonly line: string;
} {
  process.stdout.write(`\n== ${group.name}\n`);
  const started = performance.now();
  const { env, leftOut, tests } = group.needs?.() ?? { env: {} };
  const ran = leftOut?.what !== "the group";
  const passed =
    (!ran || runCommand(tests ? { ...group, tests } : group, env)) &&
    (leftOut === undefined || !inCi);
  const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const outcome = !passed ? "failed" : ran ? "passed" : "left out";
  const note =
    leftOut === undefined
      ? ""
      : `  ${leftOut.what} was left out: ${leftOut.why}`;
  return {
    passed,
    line: `${group.name.padEnd(13)}${outcome.padEnd(10)}${seconds.padStart(8)}${note}`,
  };
}

function runCommand(
  { script, tests, atOnce = 1 }: Group,
  env: Readonly<Record<string, string>>,
): boolean {
  if (script !== undefined) return run(process.execPath, script, { env }) === 0;
  const files = globSync(tests ?? [], { cwd: repositoryPath(".") });
  // Without a file, `node --test` would look for others by itself.
  if (files.length === 0)
    return complain(`No file matches ${tests?.join(", ")}.`);
  return (
    run(
      process.execPath,
      [
        "--conditions=@assay/source",
        "--test",
        `--test-concurrency=${Math.max(atOnce, availableParallelism() - 1)}`,
        "--test-reporter=./scripts/report-failures.ts",
        ...files,
      ],
      { env },
    ) === 0
  );
}

function complain(text: string): false {
  process.stderr.write(`${text}\n`);
  return false;
}
