import { render, type Diagnosis } from "@assay/diagnosis";
import { useState } from "react";
import { useLanguage } from "../../language/language-context.tsx";
import type { Judged } from "../worker/question.ts";
import { copyText } from "./copy-text.ts";

const FORMS = ["text", "markdown", "json"] as const;
type Form = (typeof FORMS)[number];

interface Done {
  readonly of: Diagnosis;
  readonly form: Form;
  readonly text: string;
  readonly copied: boolean;
}

/**
 * The answer for somebody else. Threat: a token in a chat or an issue. A diagnosis never holds the token or a secret; header and claims are in
 * its JSON only.
 */
export function CopyAnswer({ judged }: { readonly judged: Judged }) {
  const { texts, diagnosis: language } = useLanguage();
  const { answer: words } = texts;
  const { diagnosis, now } = judged;
  const [last, setLast] = useState<Done | null>(null);
  const done = last?.of === diagnosis ? last : null;
  const make = (form: Form): string =>
    form === "json"
      ? `${JSON.stringify(diagnosis, null, 2)}\n`
      : render(diagnosis, form, { now: now / 1000, language });
  const copy = async (form: Form): Promise<void> => {
    const text = make(form);
    setLast({ of: diagnosis, form, text, copied: await copyText(text) });
  };
  const said = ({ form, copied }: Done): string =>
    !copied
      ? words.notCopied
      : form === "json"
        ? words.copiedJson
        : words.copied;
  return (
    <div className="copy small">
      <p>
        <span className="quiet">{words.copy}</span>
        {FORMS.map((form) => (
          <button
            key={form}
            type="button"
            className="word-button"
            aria-label={`${words.copy} ${words.copyAs[form]}`}
            onClick={() => void copy(form)}
          >
            {words.copyAs[form]}
          </button>
        ))}
        <span role="status" className="quiet">
          {done && said(done)}
        </span>
      </p>
      {done && !done.copied && (
        <textarea
          readOnly
          rows={6}
          value={done.text}
          aria-label={words.copy}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      )}
    </div>
  );
}
