/** A sink that writes to pino, or to any logger of its shape. */
import type { AuditEvent, AuditSink } from "../audit-event.ts";

/** The shape of pino, and of every logger like it. */
export interface LoggerShape {
  info(event: object, message: string): void;
  warn(event: object, message: string): void;
}

const MESSAGES: Readonly<Record<AuditEvent["event"], string>> = {
  "token.refused": "a token was refused",
  "token.undecided": "a token could not be judged",
  "token.admitted": "a token was admitted",
  "audit.counted": "events were counted only",
};

/** A sink that writes to a logger. */
export const logTo =
  (logger: LoggerShape): AuditSink =>
  (event) => {
    const { event: name } = event;
    if (name === "token.admitted") logger.info(event, MESSAGES[name]);
    else logger.warn(event, MESSAGES[name]);
  };
