/** Asks for a token in a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { IssuedOptions } from "../src/options.ts";

export type ProcessSettings = IssuedOptions & {
  /** By how much its clock is ahead, in milliseconds. */
  readonly offset: number;
  /** The file of the key that its tokens are bound to. */
  readonly keyFile?: string;
};

const PROCESS = fileURLToPath(new URL("process.ts", import.meta.url));

/** Starts it with the tokens of that file; `go` lets it ask. The answer is a fingerprint and the type. */
export async function askInProcess(
  file: string,
  settings: ProcessSettings,
): Promise<{ readonly go: () => void; readonly answer: Promise<string> }> {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--conditions=@assay/source", PROCESS, file, JSON.stringify(settings)],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return {
    go: () => child.stdin?.write("go\n"),
    answer: once(child, "close").then(() => text.replace("ready\n", "").trim()),
  };
}
