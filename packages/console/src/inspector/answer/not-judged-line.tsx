import { useTexts } from "../../language/language-context.tsx";
import type { NotJudged } from "../worker/question.ts";

export function NotJudgedLine({ answer }: { readonly answer: NotJudged }) {
  const { answer: words } = useTexts();
  const why = {
    failed: words.failedItself(answer.error),
    worker: words.noWorker,
    file: words.fileGone,
    noText: words.noText,
  };
  return (
    <p className="verdict" role="alert">
      {words.notJudged(answer.own === null ? answer.error : why[answer.own])}
    </p>
  );
}
