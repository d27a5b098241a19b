/** What a command does is loaded only when it runs, so that starting costs little. */
import type { Command } from "commander";
import type { ExitStatus } from "./exit-status.ts";
import type { Terminal } from "./terminal.ts";

/** Makes of what loads a command's work, which takes the arguments, the flags and the terminal, the action of the command. */
export type LazyAction = <Given extends readonly unknown[]>(
  load: () => Promise<
    (...given: [...Given, terminal: Terminal]) => Promise<ExitStatus>
  >,
) => (...given: [...Given, command: Command]) => Promise<void>;

/** `finish` is told the exit status of the command that ran. */
export const lazyAction =
  (terminal: Terminal, finish: (status: ExitStatus) => void): LazyAction =>
  <Given extends readonly unknown[]>(
    load: () => Promise<
      (...given: [...Given, terminal: Terminal]) => Promise<ExitStatus>
    >,
  ) =>
  async (...given: [...Given, command: Command]) => {
    // Commander gives the command itself last.
    const words = given.slice(0, -1) as unknown as Given;
    const work = await load();
    finish(await work(...words, terminal));
  };
