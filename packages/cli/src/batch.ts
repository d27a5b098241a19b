/** Answers one inquiry a line by one diagnosis a line, in order, in constant memory. */
import type { Inquiry } from "@assay/diagnosis";
import {
  diagnose,
  InquiryError,
  readInquiry,
  safeJson,
} from "@assay/diagnosis";
import { withFlags } from "./policy-flags.ts";
import type { Terminal } from "./terminal.ts";

/** A longer line is no inquiry, and is not kept. In characters. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** Each line gets its answer; a line that is no inquiry gets `{"error": "…"}` in its place. */
export async function answerBatch(
  input: AsyncIterable<string>,
  flags: Inquiry,
  terminal: Terminal,
): Promise<void> {
  for await (const line of lines(input))
    await terminal.write(`${safeJson(await answer(line, flags))}\n`);
}

async function answer(line: string | null, flags: Inquiry): Promise<object> {
  if (line === null)
    return {
      error: `expected a line of at most ${LONGEST_LINE} characters, found a longer one`,
    };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // The parser's own message would repeat a part of the line.
    return {
      error:
        "expected an inquiry as one JSON object, found text that is not JSON",
    };
  }
  try {
    return await diagnose(withFlags(readInquiry(value), flags));
  } catch (error) {
    if (error instanceof InquiryError) return { error: error.message };
    return {
      error: `this inquiry could not be diagnosed: ${error instanceof Error ? error.name : "unknown error"}; please report it`,
    };
  }
}

/** The lines of a stream, without their ends; null for one that is too long. */
async function* lines(
  input: AsyncIterable<string>,
): AsyncGenerator<string | null> {
  let rest = "";
  let tooLong = false;
  for await (const chunk of input) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      yield tooLong || part.length > LONGEST_LINE
        ? null
        : part.replace(/\r$/, "");
      tooLong = false;
    }
    if (rest.length > LONGEST_LINE) {
      tooLong = true;
      rest = "";
    }
  }
  if (tooLong || rest !== "") yield tooLong ? null : rest;
}
