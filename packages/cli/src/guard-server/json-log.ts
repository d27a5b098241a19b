/** Lines of JSON in the shape of pino's. */
import type { LoggerShape } from "@assay/guard";

export interface JsonLog extends LoggerShape {
  error(event: object, message: string): void;
}

/** `write` gets whole lines. */
export function jsonLog(
  write: (line: string) => void,
  hostname: string,
): JsonLog {
  const at =
    (level: number) =>
    (event: object, msg: string): void =>
      write(
        `${JSON.stringify({ level, time: Date.now(), pid: process.pid, hostname, ...event, msg })}\n`,
      );
  return { info: at(30), warn: at(40), error: at(50) };
}
