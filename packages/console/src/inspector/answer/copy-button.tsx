import { useTexts } from "../../language/language-context.tsx";
import { useCopying } from "../../use-copying.ts";
import { CopyByHand } from "./copy-by-hand.tsx";

interface Props {
  readonly label: string;
  /** What is said once it is copied. */
  readonly done: string;
  readonly text: string;
}

/** Copies a text and says so, until there is another one to copy. */
export function CopyButton({ label, done, text }: Props) {
  const { answer } = useTexts();
  const [copied, copy] = useCopying(text);
  return (
    <span className="copy-button small">
      <button type="button" className="word-button" onClick={() => copy(text)}>
        {label}
      </button>{" "}
      <span role="status" className="quiet">
        {copied && (copied.able ? done : answer.notCopied)}
      </span>
      {copied?.able === false && <CopyByHand label={label} text={text} />}
    </span>
  );
}
