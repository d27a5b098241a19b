import { useTexts } from "../../language/language-context.tsx";
import { CopyButton } from "../answer/copy-button.tsx";
import { tokenParts } from "../paste/token-parts.ts";

interface Props {
  readonly label: string;
  readonly token: string;
}

/** A token to look at, with its parts tinted, and to copy. */
export function TokenText({ label, token }: Props) {
  const { edit } = useTexts();
  return (
    <div className="token-text">
      <p className="heading">
        <strong>{label}</strong>
        <CopyButton label={edit.copy} done={edit.copied} text={token} />
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
