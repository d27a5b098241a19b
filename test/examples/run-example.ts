/** Starts an example as its reader would, on a port of this machine. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

type Env = Readonly<Record<string, string>>;

export interface RunningExample extends AsyncDisposable {
  readonly origin: string;
}

/** `file` is below examples, unless it begins with a dot: then it is beside this file. Says that it listens, or the test fails. */
export async function startExample(
  file: string,
  env: Env,
  port: number,
): Promise<RunningExample> {
  const child = start(file, { ...env, PORT: String(port) });
  for await (const line of linesOf(child))
    if (line.startsWith("Listening at "))
      return {
        origin: line.slice("Listening at ".length),
        async [Symbol.asyncDispose]() {
          child.kill();
          if (child.exitCode === null && child.signalCode === null)
            await once(child, "exit");
        },
      };
  throw new Error(`${file} ended without listening`);
}

/** Lets an example run to its end; gives its lines. `heard` is told each. */
export async function runExample(
  file: string,
  env: Env,
  heard: (line: string) => void = () => {},
): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(start(file, env))) {
    lines.push(line);
    heard(line);
  }
  return lines;
}

const start = (file: string, env: Env): ChildProcess =>
  spawn(
    process.execPath,
    [
      "--conditions=@assay/source",
      fileURLToPath(
        new URL(
          file.startsWith(".") ? file : `../../examples/${file}`,
          import.meta.url,
        ),
      ),
    ],
    { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] },
  );

async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of child.stdout?.iterator({
    // Who has heard enough does not close the example's output.
    destroyOnReturn: false,
  }) ?? []) {
    const parts = (rest + String(chunk)).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}
