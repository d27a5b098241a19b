import { useState } from "react";

export interface Copied {
  readonly text: string;
  /** False: this browser does not let the page copy; the text is to be selected by hand. */
  readonly able: boolean;
}

/** Copies texts. What was copied is forgotten when it belongs to something else than `of`. */
export function useCopying(
  of: unknown,
): readonly [copied: Copied | null, copy: (text: string) => void] {
  const [last, setLast] = useState<{
    readonly of: unknown;
    readonly copied: Copied;
  } | null>(null);
  const copy = (text: string): void => {
    const done = (able: boolean): void =>
      setLast({ of, copied: { text, able } });
    toClipboard(text).then(
      () => done(true),
      () => done(false),
    );
  };
  return [last !== null && Object.is(last.of, of) ? last.copied : null, copy];
}

/** There is no clipboard where the page came over plain http from another machine. */
async function toClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
