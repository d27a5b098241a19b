/**
 * `npm run conformance`: runs the tests that stand for modules of the OpenID Foundation's conformance suite, and prints a table of all modules: tested,
 * tested in part, or not built and why. The list of modules is taken from where `ASSAY_VECTORS` says, or from beside the repository.
 */
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { run } from "node:test";
import { LEFT_OUT, NOT_BUILT } from "../test/conformance/modules.ts";
import { repositoryPath } from "./repository.mjs";
import { VECTORS_FOLDER } from "./vectors-folder.ts";

interface Module {
  readonly name: string;
  readonly area: string;
}

interface Plan {
  readonly name: string;
  /** Names of classes: FAPI2SPFinalHappyFlow. */
  readonly modules: readonly string[];
}

const read = (name: string): unknown =>
  JSON.parse(
    readFileSync(join(VECTORS_FOLDER, "oidf-conformance", name), "utf8"),
  );
const { modules } = read("modules.json") as { modules: readonly Module[] };
const plans = read("plans.json") as readonly Plan[];

interface Outcome {
  readonly passed: boolean;
  readonly file: string;
}

async function runTests(): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const tests = run({
    files: globSync("test/conformance/*.test.ts", {
      cwd: repositoryPath("."),
    }).map((file) => repositoryPath(file)),
    execArgv: ["--conditions=@assay/source"],
  });
  for await (const { type, data } of tests) {
    if (type === "test:stderr") process.stderr.write(data.message);
    if ((type !== "test:pass" && type !== "test:fail") || data.nesting > 0)
      continue;
    outcomes.set(data.name, {
      passed: type === "test:pass",
      file: relative(repositoryPath("."), data.file ?? ""),
    });
  }
  return outcomes;
}

const covers = (pattern: string, name: string): boolean =>
  pattern.endsWith("*")
    ? name.startsWith(pattern.slice(0, -1))
    : name === pattern;

const becauseOf = (name: string): readonly string[] =>
  NOT_BUILT.filter((row) =>
    row.modules.some((pattern) => covers(pattern, name)),
  ).map(({ because }) => because);

/** Names of modules and of classes, made alike. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .replace(/^fapi2spfinal/, "fapi2securityprofilefinal")
    .replace(/^oidccservertest/, "oidccserver");

const short = ({ name }: Plan): string =>
  name.replace(/(-certification)?-test-plan$/, "");

/** Response types that this server does not have. */
const isForeign = ({ name }: Plan): boolean => /implicit|hybrid/.test(name);

/** The smallest plan that has it, or whose name its own begins with; else the suite's name for its kind. */
function planOf({ name, area }: Module): string {
  const plan =
    plans
      .toSorted(
        (one, other) =>
          Number(isForeign(one)) - Number(isForeign(other)) ||
          one.modules.length - other.modules.length,
      )
      .find(({ modules: own }) =>
        own.some((each) => plain(each) === plain(name)),
      ) ?? plans.find((each) => name.startsWith(short(each)));
  return plan ? short(plan) : area;
}

interface Row {
  readonly module: string;
  readonly plan: string;
  readonly result: "passed" | "in part" | "not built" | "FAILED" | "UNKNOWN";
  readonly about: string;
}

function rowOf(module: Module, outcome: Outcome | undefined): Row {
  const { name } = module;
  const reasons = becauseOf(name);
  const row = { module: name, plan: planOf(module) };
  if (outcome && reasons.length === 0) {
    const leftOut = LEFT_OUT[name];
    const about = leftOut ? `${outcome.file} (${leftOut})` : outcome.file;
    const result = leftOut === undefined ? "passed" : "in part";
    return { ...row, result: outcome.passed ? result : "FAILED", about };
  }
  return !outcome && reasons.length === 1
    ? { ...row, result: "not built", about: reasons.join(" ") }
    : {
        ...row,
        result: "UNKNOWN",
        about:
          "test/conformance/modules.ts and the tests must tell of it once, and only once",
      };
}

/** What test/conformance/modules.ts says of modules that the suite does not have. */
const strays = (): readonly string[] =>
  [...NOT_BUILT.flatMap((row) => row.modules), ...Object.keys(LEFT_OUT)].filter(
    (pattern) => !modules.some(({ name }) => covers(pattern, name)),
  );

const outcomes = await runTests();
const rows = modules.map((module) => rowOf(module, outcomes.get(module.name)));
const widthOf = (column: "module" | "plan"): number =>
  Math.max(...rows.map((row) => row[column].length));
const [first, second] = [widthOf("module"), widthOf("plan")];
for (const { module, plan, result, about } of rows)
  process.stdout.write(
    `${module.padEnd(first)}  ${plan.padEnd(second)}  ${result.padEnd(9)}  ${about}\n`,
  );

const counts = Map.groupBy(rows, ({ result }) => result);
const told = [...counts].map(([result, { length }]) => `${length} ${result}`);
process.stdout.write(`\n${rows.length} modules: ${told.join(", ")}.\n`);
for (const stray of strays())
  process.stdout.write(`The suite has no module ${stray}.\n`);
const others = [...outcomes].filter(
  ([name, { passed }]) =>
    !passed && !modules.some((module) => module.name === name),
);
for (const [name, { file }] of others)
  process.stdout.write(`Failed: ${name} (${file}).\n`);
const good = !counts.has("FAILED") && !counts.has("UNKNOWN");
process.exitCode = good && strays().length === 0 && others.length === 0 ? 0 : 1;
