import { useEffect, useRef } from "react";
import { useTexts } from "../../language/language-context.tsx";
import type { LargeText } from "../worker/pasted-text.ts";
import { mebibytes } from "./mebibytes.ts";

interface Props {
  readonly label: string;
  readonly large: LargeText;
  /** null: it is still being read. */
  readonly readAs: string | null;
  readonly onRemove: (() => void) | undefined;
}

/** What stands in the place of a text that is too large to be shown. */
export function LargeCard({ label, large, readAs, onRemove }: Props) {
  const { paste, tag } = useTexts();
  const button = useRef<HTMLButtonElement>(null);
  const name = large.name ?? paste.pastedText;
  useEffect(() => {
    // The box that it was pasted into is gone, and the focus with it.
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <div className="large-card" role="group" aria-label={label}>
      <p className="heading">
        <strong>{name}</strong>
        <button
          ref={button}
          type="button"
          className="word-button small"
          aria-label={paste.removeIt(name)}
          onClick={onRemove}
        >
          {paste.remove}
        </button>
      </p>
      <p className="quiet small">
        {mebibytes(large.size, tag)} · {readAs ?? paste.reading}
      </p>
    </div>
  );
}
