import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";
import { trackedFiles } from "./tracked-files.ts";

const sizes = trackedFiles()
  .filter(
    (path) =>
      /^packages\/[^/]+\/src\/.*\.tsx?$/.test(path) &&
      !/\.test\.tsx?$/.test(path),
  )
  .map((path) => ({ path, lines: linesOfCode(path) }))
  .toSorted((a, b) => a.lines - b.lines);

test("no source file has more than 400 lines of code", () => {
  assert.deepEqual(
    sizes.filter(({ lines }) => lines > 400),
    [],
  );
});

test("the median source file has fewer than 90 lines of code", () => {
  const median = sizes[Math.floor(sizes.length / 2)];
  assert.ok(
    median !== undefined && median.lines < 90,
    `the median is ${median?.lines}`,
  );
});

test("no file and no folder is a drawer without a name of its own", () => {
  const drawers = trackedFiles().filter((path) =>
    /(^|\/)(utils?|helpers?|commons?|shared|misc)(\/|\.\w+$)/.test(path),
  );
  assert.deepEqual(drawers, []);
});

/** Lines that are neither blank nor comment. */
function linesOfCode(path: string): number {
  const lines = readFileSync(repositoryPath(path), "utf8").split("\n");
  return lines.filter((line) => !/^\s*(\/\/.*|\/?\*.*)?$/.test(line)).length;
}
