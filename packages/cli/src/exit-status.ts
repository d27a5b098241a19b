import type { Outcome } from "@assay/token";

/** The command's exit status, as the contract has it. */
export const EXIT = {
  accepted: 0,
  rejected: 1,
  unusable: 2,
  undecided: 3,
} as const satisfies Record<Outcome | "unusable", number>;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];
