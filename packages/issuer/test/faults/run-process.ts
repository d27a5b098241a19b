/** Starts a process of these tests, and reads its lines. */
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

export interface Running<Line> {
  readonly process: ChildProcess;
  /** All so far. */
  readonly lines: readonly Line[];
  /** Resolves when such a line has come; throws when the process ends before it. */
  until(wanted: (line: Line) => boolean): Promise<void>;
  /** Resolves when the process has ended and its last line was read. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export function runProcess<Line>(
  file: string,
  args: readonly string[],
  /** A command that runs it, such as strace. */
  under: readonly string[] = [],
): Running<Line> {
  const script = new URL(file, import.meta.url).pathname;
  const [command = "", ...rest] = [
    ...under,
    process.execPath,
    "--conditions=@assay/source",
    script,
    ...args,
  ];
  const child = spawn(command, rest, { stdio: ["pipe", "pipe", "inherit"] });
  const lines: Line[] = [];
  const listeners = new Set<() => void>();
  const read = createInterface({ input: child.stdout });
  read.on("line", (text) => {
    lines.push(JSON.parse(text) as Line);
    for (const listener of listeners) listener();
  });
  const closed = new Promise((resolve) => read.once("close", resolve));
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once("exit", (code, signal) => resolve(signal ?? code)),
  );
  const ended = closed.then(async () => exited);
  return {
    process: child,
    lines,
    ended,
    async until(wanted) {
      let seen = 0;
      const arrived = new Promise<void>((resolve) => {
        const look = (): void => {
          while (seen < lines.length) {
            const line = lines[seen++];
            if (line === undefined || !wanted(line)) continue;
            listeners.delete(look);
            resolve();
            return;
          }
        };
        listeners.add(look);
        look();
      });
      await Promise.race([
        arrived,
        ended.then((status) => {
          throw new Error(`expected more lines, found the end: ${status}`);
        }),
      ]);
    },
  };
}
