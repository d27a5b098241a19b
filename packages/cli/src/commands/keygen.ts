/** assay keygen: makes a key. */
import { writeFile } from "node:fs/promises";
import {
  ALGORITHMS,
  exportKey,
  generateKey,
  isAlgorithm,
  isSymmetric,
} from "@assay/token";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface KeygenFlags {
  readonly kid?: string;
  readonly bits?: number;
  readonly out?: string;
}

/** The private key goes where it was asked for: to standard output, or to a new file that only its owner can read. */
export async function keygen(
  alg: string,
  { kid, bits, out }: KeygenFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (!isAlgorithm(alg))
    throw new UsageError(
      `expected an algorithm, one of ${[...ALGORITHMS.keys()].join(", ")}; found “${alg.slice(0, 40)}”`,
      "assay keygen ES256 --out key.json",
    );
  const key = await generateKey(alg, {
    ...(kid !== undefined && { kid }),
    ...(bits !== undefined && { bits }),
  });
  const secret = `${JSON.stringify(exportKey(key, { secret: true }), null, 2)}\n`;
  if (out === undefined) {
    await terminal.write(secret);
    return EXIT.accepted;
  }
  await writeNew(out, secret);
  terminal.note(
    isSymmetric(alg)
      ? `wrote the shared key to ${out}`
      : `wrote the private key to ${out}; below is the public set to publish`,
  );
  if (!isSymmetric(alg))
    await terminal.write(
      `${JSON.stringify({ keys: [exportKey(key, { secret: false })] }, null, 2)}\n`,
    );
  return EXIT.accepted;
}

/** Never over a file that is there: a key that is overwritten is lost. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `--out: expected a new file that can be written, found ${code === "EEXIST" ? `that ${path} exists` : `${code ?? "an error"} for ${path}`}`,
    );
  }
}
