import { useMemo } from "react";
import { askWorker } from "./page-worker.ts";
import { isEmpty, type PastedText, type Subject } from "./pasted-text.ts";
import type { Read } from "./question.ts";
import { useNewest, type Newest } from "./use-newest.ts";

/** What was read in the newest text; what was read before stays until it comes. Nothing is read in an empty text. */
export function useReading(
  text: PastedText,
  request: number | null = null,
): Newest<Subject, Read> | null {
  const subject = useMemo(
    () => (isEmpty(text) ? null : { text, request }),
    [text, request],
  );
  return useNewest(subject, readSubject);
}

/** null: it cannot be read, or this browser has no worker. */
export const readIn = async (text: PastedText): Promise<Read> =>
  readSubject({ text, request: null });

const readSubject = async (subject: Subject): Promise<Read> =>
  askWorker("read", subject).catch(() => null);
