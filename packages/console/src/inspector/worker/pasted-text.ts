/** What somebody pasted or opened. A short text is a string; of a long one the page holds a name alone, and the worker the rest. */

export interface LargeText {
  readonly id: number;
  /** Of the file; null: it was pasted. */
  readonly name: string | null;
  /** Bytes of a file, characters of what was pasted. */
  readonly size: number;
}

export type PastedText = string | LargeText;

/** What is longer is not put into a box: bytes of a file, characters of what is pasted. */
export const LONGEST_SHOWN: number = 512 * 1024;

/** What the command reads at most: bytes of a file, characters of what is pasted. */
export const LARGEST_READ: number = 128 * 1024 * 1024;

/** Nothing, or nothing but blanks. */
export const isEmpty = (text: PastedText): boolean =>
  typeof text === "string" && text.trim() === "";

/** What is read and judged: a text, and of several requests in it one. */
export interface Subject {
  readonly text: PastedText;
  /** The position of the request that somebody chose, from 1; null: the one that failed. */
  readonly request: number | null;
}
