/** assay help CODE: what a reason or a cause means, and who must act. */
import {
  ACTORS,
  CAUSE_DEFINITIONS,
  ENGLISH,
  REASON_DEFINITIONS,
  rowLines,
  type CauseCode,
} from "@assay/diagnosis";
import { isUndecided, stepOf, type Reason } from "@assay/token";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** All codes that can be asked for. */
export const CODES: readonly string[] = [
  ...Object.keys(REASON_DEFINITIONS),
  ...Object.keys(CAUSE_DEFINITIONS),
];

/** Wider than the longest code. */
const LABEL_WIDTH = 34;

export async function helpCode(
  code: string,
  terminal: Terminal,
): Promise<ExitStatus> {
  const family = CODES.filter((known) =>
    known.startsWith(`${code.replace(/\.$/, "")}.`),
  );
  const { width } = terminal;
  const lines = CODES.includes(code)
    ? explained(code).flatMap((text) => rowLines({ label: "", text }, width, 0))
    : family.flatMap((label) =>
        rowLines({ label, text: definition(label) }, width, LABEL_WIDTH),
      );
  if (lines.length === 0) throw unknown(code);
  await terminal.write(`${lines.join("\n")}\n`);
  return EXIT.accepted;
}

function explained(code: string): string[] {
  if (Object.hasOwn(REASON_DEFINITIONS, code)) {
    const reason = code as Reason;
    const outcome = isUndecided(reason)
      ? "leaves the token undecided"
      : "refuses the token";
    return [
      `${code}: a reason. The step ${stepOf(reason)} ${outcome}.`,
      "",
      definition(code),
    ];
  }
  return [
    `${code}: a cause. Who must act: ${ENGLISH.actors[ACTORS[code as CauseCode]]}.`,
    "",
    definition(code),
  ];
}

const definition = (code: string): string =>
  REASON_DEFINITIONS[code as Reason] ?? CAUSE_DEFINITIONS[code as CauseCode];

function unknown(code: string): UsageError {
  const word = code.split(".").at(-1) ?? "";
  const near =
    word === ""
      ? undefined
      : CODES.find(
          (known) =>
            known.includes(word) ||
            word.includes(known.split(".")[1] as string),
        );
  return new UsageError(
    `expected a command, a reason or a cause, found “${code.slice(0, 80)}”`,
    `assay help ${near ?? "signature.mismatch"}`,
  );
}
