import { useState } from "react";
import { useTexts } from "../../language/language-context.tsx";
import { copyText } from "../answer/copy-text.ts";
import { tokenParts } from "../paste/token-parts.ts";

interface Props {
  readonly label: string;
  readonly token: string;
}

/** A token to look at, with its parts tinted, and to copy. */
export function TokenText({ label, token }: Props) {
  const { edit } = useTexts();
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <div className="token-text">
      <p className="heading">
        <strong>{label}</strong>
        <span>
          <span role="status" className="quiet small">
            {copied === token && edit.copied}
          </span>{" "}
          <button
            type="button"
            className="word-button small"
            onClick={() =>
              void copyText(token).then((done) =>
                setCopied(done ? token : null),
              )
            }
          >
            {edit.copy}
          </button>
        </span>
      </p>
      <code className="tinted">{tinted(token)}</code>
    </div>
  );
}

/** What lies between the parts (a quotation mark, a scheme) stays as it is. */
function tinted(token: string) {
  const pieces = [];
  let at = 0;
  for (const { from, to, part } of tokenParts(token)) {
    if (from > at) pieces.push(token.slice(at, from));
    pieces.push(
      <span key={from} className={`tint-${part}`}>
        {token.slice(from, to)}
      </span>,
    );
    at = to;
  }
  return [...pieces, token.slice(at)];
}
