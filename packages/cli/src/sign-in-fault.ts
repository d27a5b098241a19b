/** What went wrong with a sign-in or a renewal, in the words and the exit status of the command. */
import {
  RequestRefused,
  SignInRequired,
  TemporarilyUnavailable,
  TokenError,
} from "@assay/client";
import { visible } from "@assay/diagnosis";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import type { ProfileFlags } from "./sign-in-files.ts";
import { loginAgain } from "./sign-in-profile.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Throws UsageError for settings that cannot work, and what is no fault of a sign-in. */
export function sayFault(
  error: unknown,
  flags: ProfileFlags,
  terminal: Terminal,
): ExitStatus {
  if (!(error instanceof TokenError)) throw error;
  if (error.code === "configuration") throw new UsageError(error.message);
  terminal.note(`assay: ${visible(error.message)}`);
  if (error instanceof SignInRequired)
    terminal.note(`  try: ${loginAgain(flags)}`);
  if (error instanceof RequestRefused && error.diagnosis !== null)
    terminal.note(`  diagnosis: ${visible(error.diagnosis)}`);
  return error instanceof TemporarilyUnavailable
    ? EXIT.undecided
    : EXIT.rejected;
}
