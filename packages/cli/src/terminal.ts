/** Where the command writes: results to standard output, everything else to standard error. */
import { once } from "node:events";

export interface Terminal {
  /** Columns for the answer: 80 unless the terminal is wider. */
  readonly width: number;
  /** Colour only on a terminal, and not where NO_COLOR or a dumb terminal asks for none. */
  readonly colour: boolean;
  /** Writes a result, and waits while the reader is slower than we are. */
  write(text: string): Promise<void>;
  /** Writes a line to standard error. */
  note(line: string): void;
}

const WIDEST = 120;

export function openTerminal({
  stdout,
  stderr,
  env,
}: NodeJS.Process): Terminal {
  // A reader that has seen enough (head, a pager) closes the pipe: that is no fault.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  return {
    width: stdout.isTTY ? Math.min(Math.max(stdout.columns, 80), WIDEST) : 80,
    colour: stdout.isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb",
    async write(text) {
      if (!stdout.write(text)) await once(stdout, "drain");
    },
    note(line) {
      stderr.write(`${line}\n`);
    },
  };
}
