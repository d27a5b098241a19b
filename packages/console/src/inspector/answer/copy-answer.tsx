import { render } from "@assay/diagnosis";
import { useState } from "react";
import { useLanguage } from "../../language/language-context.tsx";
import { useCopying } from "../../use-copying.ts";
import type { JudgedText } from "../worker/use-answer.ts";
import { CopyByHand } from "./copy-by-hand.tsx";

const FORMS = ["text", "markdown", "json"] as const;
type Form = (typeof FORMS)[number];

/**
 * The answer for somebody else. Threat: a token in a chat or an issue. A diagnosis never holds the token or a secret; header and claims are in
 * its JSON only.
 */
export function CopyAnswer({ judged }: { readonly judged: JudgedText }) {
  const { texts, diagnosis: language } = useLanguage();
  const { answer: words } = texts;
  const { asked, diagnosis, now } = judged;
  const [copied, copy] = useCopying(asked);
  const [form, setForm] = useState<Form>("text");
  const make = (as: Form): string =>
    as === "json"
      ? `${JSON.stringify(diagnosis, null, 2)}\n`
      : render(diagnosis, as, { now: now / 1000, language });
  const done = form === "json" ? words.copiedJson : words.copied;
  return (
    <div className="copy small">
      <p>
        <span className="quiet">{words.copy}</span>
        {FORMS.map((as) => (
          <button
            key={as}
            type="button"
            className="word-button"
            aria-label={`${words.copy} ${words.copyAs[as]}`}
            onClick={() => {
              setForm(as);
              copy(make(as));
            }}
          >
            {words.copyAs[as]}
          </button>
        ))}
        <span role="status" className="quiet">
          {copied && (copied.able ? done : words.notCopied)}
        </span>
      </p>
      {copied?.able === false && (
        <CopyByHand label={words.copy} text={copied.text} />
      )}
    </div>
  );
}
