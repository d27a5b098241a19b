import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path/posix";
import { test } from "node:test";
import { Visitor, parseSync } from "rolldown/utils";
import { repositoryPath } from "../repository.mjs";

/** The rule: which of our packages a package may use, and whether it may use what only Node has. Nothing points back. */
const RULE: Readonly<
  Record<string, { readonly uses: readonly string[]; readonly node: boolean }>
> = {
  token: { uses: [], node: false },
  diagnosis: { uses: ["@assay/token"], node: false },
  handbook: { uses: ["@assay/token", "@assay/diagnosis"], node: false },
  guard: {
    uses: ["@assay/token", "@assay/diagnosis", "@assay/guard"],
    node: true,
  },
  client: { uses: ["@assay/token"], node: true },
  issuer: {
    uses: ["@assay/token", "@assay/diagnosis", "@assay/guard"],
    node: true,
  },
  cli: {
    uses: [
      "@assay/token",
      "@assay/diagnosis",
      "@assay/guard",
      "@assay/client",
      "@assay/handbook",
      "@assay/issuer",
    ],
    node: true,
  },
  console: {
    uses: ["@assay/token", "@assay/diagnosis", "@assay/handbook"],
    node: false,
  },
};

/** The one file of the packages for every platform that may use what only Node has. */
const NODE_ONLY = "packages/token/src/crypto/node.ts";

interface Manifest {
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const root = repositoryPath(".");
const packages = globSync("packages/*/package.json", { cwd: root }).map(
  (path) => path.split(/[\\/]/)[1] ?? "",
);

test("every package has its place in the rule", () => {
  assert.deepEqual(packages.toSorted(), Object.keys(RULE).toSorted());
});

test("@assay/token depends on nothing", () => {
  const { devDependencies: _, ...manifest } = readManifest("token");
  assert.deepEqual(
    [
      manifest.dependencies,
      manifest.optionalDependencies,
      manifest.peerDependencies,
    ],
    [undefined, undefined, undefined],
  );
});

for (const name of packages) {
  test(`${name} imports only what the rule and its package.json allow`, () => {
    const sources = globSync(`packages/${name}/src/**/*.{ts,tsx}`, {
      cwd: root,
      exclude: ["**/*.test.*"],
    });
    const wrong = sources.flatMap((source) => {
      const file = source.replaceAll("\\", "/");
      return importsOf(file)
        .filter((specifier) => !mayImport(name, file, specifier))
        .map((specifier) => `${file} imports ${specifier}`);
    });
    assert.deepEqual(wrong, []);
  });
}

function mayImport(name: string, file: string, specifier: string): boolean {
  const { uses, node } = RULE[name] ?? { uses: [], node: false };
  if (specifier.startsWith("#")) return true;
  if (specifier.startsWith("."))
    return join(dirname(file), specifier).startsWith(`packages/${name}/`);
  // What the build makes; the build itself is under no such rule.
  if (specifier.startsWith("virtual:")) return name === "console";
  if (specifier.startsWith("node:")) return node || file === NODE_ONLY;
  // A module of Node's without its prefix would pass for a package.
  if (builtinModules.includes(specifier)) return false;
  const wanted = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  if (
    /^(@assay\/|assay$)/.test(wanted) &&
    !(uses.includes(wanted) && isEntry(wanted, specifier))
  )
    return false;
  if (wanted === `@assay/${name}`) return true;
  const { dependencies, devDependencies, peerDependencies } =
    readManifest(name);
  return wanted in { ...dependencies, ...devDependencies, ...peerDependencies };
}

/** A package of ours is entered where its package.json lets one in. */
function isEntry(wanted: string, specifier: string): boolean {
  const name = wanted.replace(/^@assay\//, "");
  const entry = `.${specifier.slice(wanted.length)}`;
  return entry in (readManifest(name).exports ?? {});
}

/** Every module that a file imports: statically, dynamically, as a type, or to export it again. */
function importsOf(file: string): readonly string[] {
  const { program, errors } = parseSync(
    file,
    readFileSync(repositoryPath(file), "utf8"),
  );
  assert.deepEqual(errors, [], file);
  const found: string[] = [];
  const add = ({
    source,
  }: {
    source: { type: string; value?: unknown } | null;
  }): void => {
    if (source === null) return;
    found.push(
      typeof source.value === "string"
        ? source.value
        : "something that only running it would tell",
    );
  };
  new Visitor({
    ImportDeclaration: add,
    ExportNamedDeclaration: add,
    ExportAllDeclaration: add,
    ImportExpression: add,
    TSImportType: add,
  }).visit(program);
  return found;
}

function readManifest(name: string): Manifest {
  return JSON.parse(
    readFileSync(repositoryPath(`packages/${name}/package.json`), "utf8"),
  ) as Manifest;
}
