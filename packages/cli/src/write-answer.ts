/** Where the server's answer goes: to standard output, in words or as JSON. */
import { safeJson } from "@assay/diagnosis";
import type { ServerFlags } from "./admin-client.ts";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import type { Terminal } from "./terminal.ts";

export interface AnswerFlags extends ServerFlags {
  readonly json?: boolean;
}

/** Writes the answer as JSON where that was asked for, and in words elsewhere. */
export async function writeAnswer(
  answer: unknown,
  { json }: AnswerFlags,
  terminal: Terminal,
  inWords: () => string,
): Promise<ExitStatus> {
  await terminal.write(json ? `${safeJson(answer, 2)}\n` : inWords());
  return EXIT.accepted;
}
