/** assay completion SHELL: the script that completes commands, options and codes; and the requests that this script makes. */
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { CODES } from "./help.ts";

/** Adds the commands `completion` and `complete` to the program. */
export function addCompletion(program: Command): void {
  const completions = tab(program, { completionCommandName: "completion" });
  completions.commands
    .get("help")
    ?.argument("code", (complete) =>
      CODES.forEach((code) => complete(code, "")),
    );
}
