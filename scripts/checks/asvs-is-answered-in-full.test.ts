/** docs/security/asvs.md answers each requirement of its chapters once, and names tests that exist. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";

const page = readFileSync(repositoryPath("docs/security/asvs.md"), "utf8");
const rows = page
  .split("\n")
  .filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** How many requirements each section of ASVS 5.0 has. */
const SECTIONS: Readonly<Record<string, number>> = {
  "9.1": 3,
  "9.2": 4,
  "10.1": 2,
  "10.2": 3,
  "10.3": 5,
  "10.4": 16,
  "10.5": 5,
  "10.6": 2,
  "10.7": 3,
  "11.1": 4,
  "11.2": 5,
  "11.3": 5,
  "11.4": 4,
  "11.5": 2,
  "11.6": 2,
  "11.7": 2,
  "16.1": 1,
  "16.2": 5,
  "16.3": 4,
  "16.4": 3,
  "16.5": 4,
};
const SHORT: Readonly<Record<string, string>> = {
  attacks: "packages/issuer/test/attacks",
  issuer: "packages/issuer",
  token: "packages/token",
};

test("every requirement of the chapters is answered once, in order", () => {
  const wanted = Object.entries(SECTIONS).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, i) => `${section}.${i + 1}`),
  );
  assert.deepEqual(
    rows.map(([number]) => number),
    wanted,
  );
});

test("every answer has a state of the list, and says something", () => {
  const states = [...page.matchAll(/^\| ([a-z ]+) \| [^|]+ \|$/gm)].map(
    ([, state]) => state,
  );
  for (const [number = "", state, how = "", ...more] of rows) {
    assert.ok(states.includes(state), `${number}: ${state}`);
    assert.ok(how.length > 8, number);
    assert.equal(more.length, 1, number);
  }
});

test("every test that is named exists", () => {
  const missing = rows
    .flatMap(([, , , tests = ""]) => tests.split(", "))
    .filter((name) => name !== "")
    .map((name) => name.replace(/^[a-z]+/, (first) => SHORT[first] ?? first))
    .filter((path) => !existsSync(repositoryPath(path)));
  assert.deepEqual(missing, []);
});
