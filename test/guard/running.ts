/** Programs of others and our own as processes, until the test is done with them. */
import { spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";

export interface Running extends AsyncDisposable {
  over(): boolean;
  /** All that it wrote so far, to both outputs. */
  said(): string;
  /** Resolves when what it wrote fits; rejects when it ends before. */
  until(fits: (said: string) => boolean): Promise<void>;
  /** Its exit status, once it has ended; null: a signal ended it. */
  ended(): Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** Asks it to stop, and gives its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface RunningOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function run(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: RunningOptions = {},
): Running {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", ...env },
    ...(cwd !== undefined && { cwd }),
  });
  let said = "";
  const waiting = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = Promise.withResolvers<number | null>();
  child.once("error", ended.reject);
  child.once("close", (status) => {
    ended.resolve(status);
    for (const look of waiting) look();
  });
  // Somebody who waits for it hears of it.
  ended.promise.catch(() => {});
  const over = (): boolean =>
    child.exitCode !== null || child.signalCode !== null;
  const stop = async (
    signal: NodeJS.Signals = "SIGTERM",
  ): Promise<number | null> => {
    if (!over()) child.kill(signal);
    return ended.promise;
  };
  return {
    over,
    said: () => said,
    async until(fits) {
      const found = Promise.withResolvers<void>();
      const look = (): void => {
        if (fits(said)) found.resolve();
        else if (over())
          found.reject(new Error(`${program} ended and had said: ${said}`));
      };
      waiting.add(look);
      child.once("error", found.reject);
      look();
      await found.promise.finally(() => waiting.delete(look));
    },
    ended: () => ended.promise,
    signal: (signal) => void child.kill(signal),
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/** Asks again until it is so. Rejects when the process has ended. */
export async function eventually(
  running: Running,
  isSo: () => Promise<boolean>,
): Promise<void> {
  while (!(await isSo())) {
    if (running.over())
      throw new Error(`it ended and had said: ${running.said()}`);
    await setTimeout(25);
  }
}
