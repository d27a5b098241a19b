/** A secret that is typed, and not shown; or standard input, where that is no terminal. Threat: an argument is seen by everybody on the machine. */
import { Writable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { takeStdin } from "./read-text.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** One line end at the end is left out. Throws UsageError when nothing is typed. */
export async function typedSecret(terminal: Terminal): Promise<string> {
  const input = takeStdin("the secret");
  const secret = input.isTTY
    ? await askUnseen(input, terminal)
    : (await textOf(input)).replace(/\r?\n$/, "");
  if (secret === "") throw new UsageError("expected a secret, found nothing");
  return secret;
}

async function askUnseen(
  input: NodeJS.ReadStream,
  terminal: Terminal,
): Promise<string> {
  // Imported here: an import at the top would load it for every command.
  const { createInterface } = await import("node:readline");
  terminal.note("The client's secret (what you type is not shown):");
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => done(),
  });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once("line", resolve);
      lines.once("close", () =>
        reject(new UsageError("expected a secret, found an end")),
      );
    });
  } finally {
    lines.close();
  }
}
