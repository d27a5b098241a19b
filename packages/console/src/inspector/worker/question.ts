import type {
  Diagnosis,
  InquiryPolicy,
  PastedForm,
  Report,
} from "@assay/diagnosis";

/** What the page asks its worker. */
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
  readonly form: PastedForm;
  readonly report: Report;
  readonly token: Diagnosis["token"];
  /** What a pasted inquiry brought as policy. */
  readonly given: InquiryPolicy;
  /** The clock that was judged by, in milliseconds since the epoch. */
  readonly now: number;
}

/** Why there is no diagnosis: the form holds something that is no policy. */
export interface NotJudged {
  readonly error: string;
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
