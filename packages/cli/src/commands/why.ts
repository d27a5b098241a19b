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
  readWordsIfAny,
} from "../read-text.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface WhyFlags extends PolicyFlags {
  readonly input?: string;
  readonly batch?: string;
  readonly awsProfile?: string;
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
    if (flags.awsProfile !== undefined)
      throw new UsageError(
        "--aws-profile: expected one inquiry beside it, found --batch, whose lines bring their own configuration",
        `assay why --aws-profile ${flags.awsProfile} FILE`,
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
  const given = withFlags(
    await readBase(words, flags),
    await readPolicyFlags(flags, terminal),
  );
  const inquiry = checked(await withMachine(given, flags, terminal));
  const now = Math.floor(
    inquiry.now === undefined
      ? Date.now() / 1000
      : Date.parse(inquiry.now) / 1000,
  );
  const diagnosis = await diagnose(inquiry, { clock: () => now * 1000 });
  if (flags.awsProfile === undefined) return { diagnosis, now };
  const { hideAwsSecrets } = await import("../hide-aws-secrets.ts");
  return { diagnosis: hideAwsSecrets(diagnosis, inquiry), now };
}

async function readBase(
  words: readonly string[],
  { input, awsProfile }: WhyFlags,
): Promise<Inquiry> {
  if (input === undefined) {
    if (awsProfile !== undefined) return readBesideAws(words);
    return readPasted(await readWords(words, "why")).inquiry;
  }
  if (words.length > 0)
    throw new UsageError(
      "--input: expected no other input beside it, found some",
      `assay why --input ${input}`,
    );
  const message = `--input: expected an inquiry as a JSON object, found text that is not JSON; to read anything else, name the file without --input`;
  return checked(parseJson(await readTextFile(input, "--input"), message));
}

/** Beside a machine's AWS configuration nothing need be given, and words that are no token are what a tool has said. */
async function readBesideAws(words: readonly string[]): Promise<Inquiry> {
  const text = await readWordsIfAny(words, "why");
  const bare = text.trim();
  if (bare === "") return {};
  const { inquiry, form } = readPasted(text);
  return form === "token" && /\s/.test(bare) && !bare.startsWith("eyJ")
    ? { response: { body: bare } }
    : inquiry;
}

/** What this machine's own AWS configuration says goes before what the inquiry says of it. */
async function withMachine(
  inquiry: Inquiry,
  { awsProfile }: WhyFlags,
  terminal: Terminal,
): Promise<Inquiry> {
  if (awsProfile === undefined) return inquiry;
  const { readAwsConfiguration } = await import("../aws-configuration.ts");
  const context = readAwsConfiguration(awsProfile, inquiry, terminal);
  return withFlags(inquiry, { context });
}

function checked(value: unknown): Inquiry {
  try {
    return readInquiry(value);
  } catch (error) {
    throw error instanceof InquiryError ? new UsageError(error.message) : error;
  }
}
