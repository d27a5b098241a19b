/** Reads what somebody gives: standard input, a file, or the argument itself. */
import { existsSync, statSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { UsageError } from "./usage-error.ts";

/** A recording of a browser's requests can be large; what is larger still is no text that anybody reads. In bytes. */
const LARGEST = 128 * 1024 * 1024;
/** Longer arguments are no file names. */
const LONGEST_PATH = 1024;

let taken: string | null = null;

/** Standard input, for one reader: a second one would silently get nothing. `what` names the reader. */
export function takeStdin(what: string): NodeJS.ReadStream {
  if (taken !== null)
    throw new UsageError(
      `expected standard input to be named once, found it for ${taken} and for ${what}`,
    );
  taken = what;
  return process.stdin.setEncoding("utf8");
}

/** The text of a file, or of standard input for "-". */
export async function readTextFile(
  path: string,
  flag: string,
): Promise<string> {
  if (path === "-") return textOf(takeStdin(flag));
  try {
    const { size } = statSync(path);
    if (size > LARGEST)
      throw new UsageError(
        `${flag}: expected a file of at most ${LARGEST} bytes, found ${size} in ${path}`,
      );
    return await readFile(path, "utf8");
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(path, flag, error);
  }
}

/** A file of any size, or standard input for "-", as a stream of text. */
export async function openTextFile(
  path: string,
  flag: string,
): Promise<AsyncIterable<string>> {
  if (path === "-") return takeStdin(flag);
  try {
    if (statSync(path).isDirectory())
      throw Object.assign(new Error("a folder"), { code: "EISDIR" });
    return (await open(path)).createReadStream({ encoding: "utf8" });
  } catch (error) {
    throw unreadable(path, flag, error);
  }
}

const unreadable = (path: string, flag: string, error: unknown): UsageError =>
  new UsageError(
    `${flag}: expected a file that can be read, found ${(error as NodeJS.ErrnoException).code ?? "an error"} for ${path}`,
  );

/** The same, parsed as JSON. The message never repeats the text: it may hold a secret. */
export async function readJsonFile(
  path: string,
  flag: string,
): Promise<unknown> {
  return parseJson(
    await readTextFile(path, flag),
    `${flag}: expected a JSON file, found text that is not JSON in ${path === "-" ? "standard input" : path}`,
  );
}

/** Parses JSON. JSON.parse's own message would repeat a part of the text. */
export function parseJson(text: string, message: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new UsageError(message);
  }
}

/**
 * What the words of the command line stand for: "-" or nothing at all is standard input, one word that names a file is that
 * file, and everything else is the text itself.
 */
export async function readWords(
  words: readonly string[],
  command: string,
): Promise<string> {
  const text = await readWordsIfAny(words, command);
  if (words.length === 0 && text === "") throw nothingGiven(command);
  return text;
}

/** The same, where nothing at all is no fault: then it is the empty text. */
export async function readWordsIfAny(
  words: readonly string[],
  command: string,
): Promise<string> {
  const [word] = words;
  if (word === undefined && process.stdin.isTTY) return "";
  if (word === undefined || (word === "-" && words.length === 1))
    return textOf(takeStdin("the input"));
  if (words.length === 1 && isFile(word)) return readTextFile(word, command);
  // A curl command that was not quoted: its words have lost the quotation marks that the reader needs.
  return word === "curl" ? words.map(shellQuoted).join(" ") : words.join(" ");
}

const nothingGiven = (command: string): UsageError =>
  new UsageError(
    "expected a token, a file or “-” for standard input, found nothing",
    `assay ${command} "$TOKEN"`,
  );

const isFile = (word: string): boolean =>
  word.length <= LONGEST_PATH &&
  !word.includes("\0") &&
  existsSync(word) &&
  statSync(word).isFile();

const shellQuoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
