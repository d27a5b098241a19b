/** assay verify: the verdict in one line, for scripts. A check is left out only where a flag says so. */
import { safeJson, verdictSentence } from "@assay/diagnosis";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { diagnoseWords, type WhyFlags } from "./why.ts";

export interface VerifyFlags extends WhyFlags {
  readonly anyIssuer?: boolean;
  readonly anyAudience?: boolean;
}

/** Threat: a script that forgets the audience takes tokens that were made for others. So issuer and audience are demanded. */
export async function verify(
  words: readonly string[],
  flags: VerifyFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (!flags.issuer && !flags.anyIssuer)
    throw missing("--issuer", "--any-issuer");
  if (!flags.audience && !flags.anyAudience)
    throw missing("--audience", "--any-audience");
  const { diagnosis } = await diagnoseWords(words, flags, terminal);
  const { outcome, reason } = diagnosis;
  const line =
    reason === null
      ? verdictSentence(diagnosis)
      : `${verdictSentence(diagnosis)} ${reason}`;
  await terminal.write(
    flags.json ? `${safeJson({ outcome, reason })}\n` : `${line}\n`,
  );
  return EXIT[outcome];
}

const missing = (flag: string, waiver: string): UsageError =>
  new UsageError(
    `expected ${flag}, or ${waiver} to leave the check out; found neither`,
    "assay verify TOKEN --issuer https://issuer.example.com --audience https://api.example.com --jwks keys.json",
  );
