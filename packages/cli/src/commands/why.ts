/** assay why: which check refused the token, what went wrong, who must act, and what to do. */
import {
  diagnose,
  InquiryError,
  readInquiry,
  readPasted,
  render,
  safeJson,
  type Diagnosis,
  type Inquiry,
} from "@assay/diagnosis";
import { answerBatch } from "../batch.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import {
  readPolicyFlags,
  withFlags,
  type PolicyFlags,
} from "../policy-flags.ts";
import {
  openTextFile,
  parseJson,
  readTextFile,
  readWords,
} from "../read-text.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface WhyFlags extends PolicyFlags {
  readonly input?: string;
  readonly batch?: string;
  readonly json?: boolean;
}

export async function why(
  words: readonly string[],
  flags: WhyFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (flags.batch !== undefined) {
    if (words.length > 0 || flags.input !== undefined)
      throw new UsageError(
        "--batch: expected no other input beside it, found some",
        `assay why --batch ${flags.batch} --json`,
      );
    await answerBatch(
      await openTextFile(flags.batch, "--batch"),
      checked(await readPolicyFlags(flags, terminal)),
      terminal,
    );
    return EXIT.accepted;
  }
  const { diagnosis, now } = await diagnoseWords(words, flags, terminal);
  const { width, colour } = terminal;
  await terminal.write(
    flags.json
      ? `${safeJson(diagnosis, 2)}\n`
      : render(diagnosis, "terminal", { width, colour, now }),
  );
  return EXIT[diagnosis.outcome];
}

/** The diagnosis of what the command line names, and the clock that it was made by, in seconds. */
export async function diagnoseWords(
  words: readonly string[],
  flags: WhyFlags,
  terminal: Terminal,
): Promise<{ diagnosis: Diagnosis; now: number }> {
  const inquiry = checked(
    withFlags(
      await readBase(words, flags),
      await readPolicyFlags(flags, terminal),
    ),
  );
  const now = Math.floor(
    inquiry.now === undefined
      ? Date.now() / 1000
      : Date.parse(inquiry.now) / 1000,
  );
  return {
    diagnosis: await diagnose(inquiry, { clock: () => now * 1000 }),
    now,
  };
}

async function readBase(
  words: readonly string[],
  { input }: WhyFlags,
): Promise<Inquiry> {
  if (input === undefined)
    return readPasted(await readWords(words, "why")).inquiry;
  if (words.length > 0)
    throw new UsageError(
      "--input: expected no other input beside it, found some",
      `assay why --input ${input}`,
    );
  const message = `--input: expected an inquiry as a JSON object, found text that is not JSON; to read anything else, name the file without --input`;
  return checked(parseJson(await readTextFile(input, "--input"), message));
}

function checked(value: unknown): Inquiry {
  try {
    return readInquiry(value);
  } catch (error) {
    throw error instanceof InquiryError ? new UsageError(error.message) : error;
  }
}
