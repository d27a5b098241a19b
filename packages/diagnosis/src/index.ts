/** @assay/diagnosis: one inquiry, one diagnosis. */
export { ACTORS, CAUSE_CODES, type Actor, type CauseCode, type Facts } from "./causes.ts";
export type { Cause, Confidence, Diagnosis } from "./diagnosis.ts";
export { diagnose, type DiagnoseOptions } from "./diagnose.ts";
export type * from "./inquiry.ts";
export { InquiryError, readInquiry } from "./read-inquiry.ts";
