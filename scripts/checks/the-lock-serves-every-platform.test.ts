import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";

interface Locked {
  readonly link?: boolean;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(
  readFileSync(repositoryPath("package-lock.json"), "utf8"),
) as { readonly packages: Readonly<Record<string, Locked>> };
const brought = Object.entries(packages).filter(
  ([path, { link }]) => path.includes("node_modules/") && link !== true,
);

// `npm install` leaves out what its registry does not have at that moment; `npm ci` then refuses the lock on every machine.
test("the binaries of every platform are in package-lock.json", () => {
  const names = new Set(
    brought.map(([path]) => path.slice(path.lastIndexOf("node_modules/") + 13)),
  );
  const missing = Object.values(packages)
    .flatMap((locked) => Object.keys(locked.optionalDependencies ?? {}))
    .filter((name) => !names.has(name));
  assert.deepEqual(missing, []);
});

test("every package in package-lock.json is known by its hash", () => {
  const without = brought
    .filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))
    .map(([path]) => path);
  assert.deepEqual(without, []);
});
