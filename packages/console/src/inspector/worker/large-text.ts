/** Hands texts to the worker that are too large for a box. */
import type { LargeText } from "./pasted-text.ts";
import { tellWorker } from "./page-worker.ts";

/** Characters that are sent at a time: copied in a few milliseconds. */
const PART = 4 * 1024 * 1024;

let count = 0;
/** Those of which parts are still to be sent. */
const sending = new Set<number>();

/** The page itself never reads it: what goes to the worker is a handle. */
export function handOverFile(file: File): LargeText {
  const large = { id: count++, name: file.name, size: file.size };
  tellWorker({ large: large.id, file });
  return large;
}

/** A part at a time: to copy the whole text at once would hold the page up. */
export function handOverText(text: string): LargeText {
  const large = { id: count++, name: null, size: text.length };
  const send = (from: number): void => {
    if (!sending.has(large.id)) return;
    const to = from + PART;
    const last = to >= text.length;
    tellWorker({ large: large.id, part: text.slice(from, to), last });
    if (last) sending.delete(large.id);
    else setTimeout(() => send(to));
  };
  sending.add(large.id);
  send(0);
  return large;
}

export function forgetLarge({ id }: LargeText): void {
  sending.delete(id);
  tellWorker({ large: id, forgotten: true });
}
