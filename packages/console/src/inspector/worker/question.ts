/** What the page asks its worker, and what it is answered. */
import type { Diagnosis, InquiryPolicy, PastedForm } from "@assay/diagnosis";

export interface Question {
  /** As it was pasted. */
  readonly text: string;
  /** What the form says; it goes before what a pasted inquiry says. */
  readonly policy: InquiryPolicy;
  /** The clock that the form names, in milliseconds since the epoch; null: that of a pasted inquiry, else the machine's. */
  readonly now: number | null;
  /** Rises when the same is to be judged anew, because time has gone on. */
  readonly round: number;
}

export interface Judged {
  /** What was asked about; the same when it is judged anew because time has gone on. */
  readonly asked: string;
  readonly form: PastedForm;
  readonly diagnosis: Diagnosis;
  /** What was demanded in the end: by the form, and by a pasted inquiry. */
  readonly policy: InquiryPolicy;
  /** What a pasted inquiry brought as policy. */
  readonly given: InquiryPolicy;
  /** The names of the request's headers, in lower case; null: no request is known. */
  readonly headers: readonly string[] | null;
  /** The clock that was judged by, in milliseconds since the epoch. */
  readonly now: number;
}

/** Why there is no diagnosis. `own`: the inspector itself failed. */
export interface NotJudged {
  readonly error: string;
  readonly own: "failed" | "worker" | null;
}

export type Answer = Judged | NotJudged;

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export interface Answered {
  readonly id: number;
  readonly answer: Answer;
}
