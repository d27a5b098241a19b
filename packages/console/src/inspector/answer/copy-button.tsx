import { useState } from "react";
import { copyText } from "./copy-text.ts";

interface Props {
  readonly label: string;
  /** What is said once it is copied. */
  readonly done: string;
  readonly text: string;
}

/** Copies a text and says so, until there is another one to copy. */
export function CopyButton({ label, done, text }: Props) {
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <span className="copy-button small">
      <span role="status" className="quiet">
        {copied === text && done}
      </span>{" "}
      <button
        type="button"
        className="word-button"
        onClick={() =>
          void copyText(text).then((able) => setCopied(able ? text : null))
        }
      >
        {label}
      </button>
    </span>
  );
}
