import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Command } from "commander";
import { buildProgram } from "../../packages/cli/src/program.ts";
import { openTerminal } from "../../packages/cli/src/terminal.ts";
import { repositoryPath } from "../repository.mjs";
import { trackedFiles } from "./tracked-files.ts";

const { scripts } = JSON.parse(
  readFileSync(repositoryPath("package.json"), "utf8"),
) as {
  readonly scripts: Readonly<Record<string, string>>;
};

test("every npm script runs a file that exists", () => {
  const files = Object.values(scripts).flatMap(
    (command) => command.match(/\S+\.(mjs|ts)$/)?.[0] ?? [],
  );
  assert.deepEqual(
    files.filter((file) => !existsSync(repositoryPath(file))),
    [],
  );
});

test("every `npm run` that a page names is a script", () => {
  const unknown = trackedFiles()
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) => {
      const text = readFileSync(repositoryPath(path), "utf8");
      const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(
        ([, name = ""]) => name,
      );
      return named
        .filter((name) => !(name in scripts))
        .map((name) => `${path}: ${name}`);
    });
  assert.deepEqual(unknown, []);
});

/** Written in main.ts, because it reads the whole table. */
const WITHOUT_ROW = ["completion"];

/** Our command in a page's code: what follows its name, up to the end of the line or of the code, or to the next command of a pipe. */
const CALL =
  /(?:^(?: {4}|\$ )(?:\$ )?|`)(?:npx --no-install |sudo )?assay ([^`\n|]+)/gm;

test("every `assay` command and option that a page names is one of the command's", () => {
  const program = buildProgram("0", openTerminal(process), () => {});
  const unknown = trackedFiles()
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) => {
      const text = readFileSync(repositoryPath(path), "utf8").replaceAll(
        /\\\n\s*/g,
        "",
      );
      return [...text.matchAll(CALL)].flatMap(([, call = ""]) =>
        faultsOf(program, call.split(/\s+/)).map(
          (fault) => `${path}: assay ${call}: ${fault}`,
        ),
      );
    });
  assert.deepEqual(unknown, []);
});

function faultsOf(program: Command, words: readonly string[]): string[] {
  const [name = "", second = ""] = words;
  if (WITHOUT_ROW.includes(name) || name.startsWith("-")) return [];
  const command = program.commands.find((known) => known.name() === name);
  if (!command) return [`no command ${name}`];
  const names = second.split("|");
  const targets =
    command.commands.length === 0 || /^(?:-|$)/.test(second)
      ? [command]
      : command.commands.filter((known) => names.includes(known.name()));
  if (targets.length < names.length) return [`no command ${name} ${second}`];
  return words
    .map((word) => /^--[a-z-]+/.exec(word)?.[0])
    .filter(
      (flag) =>
        flag !== undefined &&
        flag !== "--help" &&
        !targets.some(({ options }) =>
          options.some(({ long }) => long === flag),
        ),
    )
    .map((flag) => `no option ${flag}`);
}
