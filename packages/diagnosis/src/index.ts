/** @assay/diagnosis: one inquiry, one diagnosis. */
export { readIniFile, type Section, type Setting } from "./aws/ini-file.ts";
export {
  ACTORS,
  CAUSE_CODES,
  type Actor,
  type CauseCode,
  type Facts,
} from "./causes.ts";
export type { Cause, Confidence, Diagnosis } from "./diagnosis.ts";
export { diagnose, type DiagnoseOptions } from "./diagnose.ts";
export {
  CAUSE_DEFINITIONS,
  ENGLISH,
  REASON_DEFINITIONS,
  safeJson,
  sayFinding,
  untrusted,
  verdictSentence,
  visible,
  wordsOf,
  type CauseWords,
  type CellState,
  type Language,
} from "./explain.ts";
export type * from "./inquiry.ts";
export type { Capture, CapturedRequest } from "./read/captured-requests.ts";
export {
  readPasted,
  type Pasted,
  type PastedForm,
  type PastedOptions,
} from "./read/pasted.ts";
export { InquiryError, readInquiry } from "./read-inquiry.ts";
export {
  escapeHtml,
  render,
  report,
  rowLines,
  timeline,
  type CauseReport,
  type Cell,
  type Mark,
  type RenderOptions,
  type Report,
  type Row,
} from "./render.ts";
