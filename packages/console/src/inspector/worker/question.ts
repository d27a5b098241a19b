/** What the page asks its worker, and what it is answered. Whatever was pasted, an answer is small. */
import type { Diagnosis, InquiryPolicy, PastedForm } from "@assay/diagnosis";
import type { CaptureRead } from "./capture-read.ts";
import type { Subject } from "./pasted-text.ts";
import type { Reading } from "./reading.ts";

export interface Question extends Subject {
  /** What the form says; it goes before what a pasted inquiry says. */
  readonly policy: InquiryPolicy;
  /** The clock that the form names, in milliseconds since the epoch; null: that of a pasted inquiry, else the machine's. */
  readonly now: number | null;
  /** Rises when the same is to be judged anew, because time has gone on. */
  readonly round: number;
}

export interface Judged {
  readonly form: PastedForm;
  /** Which request was judged, where the text holds several; null: it does not. */
  readonly capture: CaptureRead | null;
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

/** Why there is no diagnosis. `own`: the inspector itself failed, no worker can be started, the file cannot be read, or it is no text. */
export interface NotJudged {
  readonly error: string;
  readonly own: "failed" | "worker" | "file" | "noText" | null;
}

export type Answer = Judged | NotJudged;

/** null: it cannot be read. */
export type Read = Reading | null;

/** What is asked, by its name, and what it is answered. */
export interface Answers {
  readonly judge: readonly [Question, Answer];
  readonly read: readonly [Subject, Read];
}

/** What the worker is told: to answer, to take in a large text (whole as a file, or part by part), or to forget it. */
export type Told =
  | { readonly id: number; readonly judge: Question }
  | { readonly id: number; readonly read: Subject }
  | { readonly large: number; readonly file: Blob }
  | { readonly large: number; readonly part: string; readonly last: boolean }
  | { readonly large: number; readonly forgotten: true };

export interface Answered {
  readonly id: number;
  readonly answer: Answer | Read;
}
