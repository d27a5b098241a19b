/** `assay guard` as people run it, on a free port, and what its log has told. */
import { fileURLToPath } from "node:url";
import type { AuditEvent } from "@assay/guard";
import { run, type Running } from "./running.ts";

export const ASSAY: string = fileURLToPath(
  new URL("../../packages/cli/bin/assay.js", import.meta.url),
);

export type LogLine = Partial<AuditEvent> & {
  readonly level: number;
  readonly time: number;
  readonly pid: number;
  readonly hostname: string;
  readonly msg: string;
  readonly [name: string]: unknown;
};

export interface GuardProcess extends AsyncDisposable {
  readonly origin: string;
  /** HOST:PORT, as configurations have it. */
  readonly address: string;
  readonly process: Running;
  log(): readonly LogLine[];
  /** The lines of the log that tell of tokens, once there are so many. */
  events(count: number): Promise<readonly LogLine[]>;
}

export async function startGuard(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<GuardProcess> {
  const command = run(
    process.execPath,
    [ASSAY, "guard", "--listen", "127.0.0.1:0", ...args],
    { env },
  );
  const log = (): readonly LogLine[] =>
    command
      .said()
      .split("\n")
      .filter((line) => line.startsWith("{") && line.endsWith("}"))
      .map((line) => JSON.parse(line) as LogLine);
  const listening = (): LogLine | undefined =>
    log().find(({ msg }) => msg === "the guard listens");
  const events = (): readonly LogLine[] => log().filter((line) => line.event);
  await command.until(() => listening() !== undefined);
  const origin = String(listening()?.["url"]);
  return {
    origin,
    address: new URL(origin).host,
    process: command,
    log,
    async events(count) {
      await command.until(() => events().length >= count);
      return events();
    },
    [Symbol.asyncDispose]: () => command[Symbol.asyncDispose](),
  };
}
