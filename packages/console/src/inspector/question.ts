import type { Diagnosis, Inquiry, Report } from "@assay/diagnosis";

/** What the page asks its worker. */
export interface Question {
  readonly id: number;
  readonly inquiry: Inquiry;
  /** The clock to judge by: milliseconds since the epoch. */
  readonly now: number;
}

/** What the worker answers: a diagnosis, or why there is none. */
export type Answer =
  | { readonly id: number; readonly diagnosis: Diagnosis; readonly report: Report; readonly error: null }
  | { readonly id: number; readonly diagnosis: null; readonly report: null; readonly error: string };
