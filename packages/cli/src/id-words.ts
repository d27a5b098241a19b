/**
 * Handles, fingerprints and key ids are base64url, so one of 64 begins as an option does. People paste them as they are: such a word is an
 * id, wherever it stands, and never the option -h or -V with something behind it.
 */
import type { Command } from "commander";

/** 128 bits (a handle, a fingerprint) or 256 (a thumbprint, RFC 7638) that begin with a hyphen. */
const ID = /^-(?:[\w-]{21}|[\w-]{42})$/;
/** A long option, known or mistyped. That 128 random bits look so happens once in 2^36 times. */
const OPTION = /^--[a-z-]+$/;

/** The words that follow the command's name, so that the parser takes ids for what they are. */
export function withIdsApart(
  program: Command,
  words: readonly string[],
): readonly string[] {
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  const command = commandOf(program, words);
  const before: string[] = [];
  const ids: string[] = [];
  for (const word of words.slice(0, end)) {
    const last = before.at(-1);
    if (!ID.test(word) || OPTION.test(word)) before.push(word);
    else if (last !== undefined && takesValue(command, last))
      before.splice(-1, 1, `${last}=${word}`);
    else ids.push(word);
  }
  return ids.length === 0
    ? [...before, ...words.slice(end)]
    : [...before, "--", ...ids, ...words.slice(end + 1)];
}

function commandOf(program: Command, words: readonly string[]): Command {
  const [name, ...rest] = words;
  const command = program.commands.find((known) => known.name() === name);
  return command ? commandOf(command, rest) : program;
}

const takesValue = (command: Command, word: string): boolean =>
  command.options.some(({ long, required }) => long === word && required);
