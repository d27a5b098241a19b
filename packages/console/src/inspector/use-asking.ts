import { useCallback, useMemo, useState } from "react";
import { showInquiry } from "./expectations/from-inquiry.ts";
import {
  demandedBy,
  NOTHING_EXPECTED,
  type Demanded,
  type Expectations,
} from "./expectations/expectations.ts";
import type { Loaded } from "./paste/paste-box.tsx";
import { useTexts } from "../language/language-context.tsx";

/** What is asked: the text in the box and what the form says. */
export interface Asking {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What the page itself puts into the box. */
  readonly loaded: Loaded;
  readonly form: Expectations;
  readonly setForm: (form: Expectations) => void;
  readonly demanded: Demanded;
  /** Shows an inquiry, or any other text that can be pasted, in place of what is there. */
  readonly show: (text: string) => void;
  readonly clear: () => void;
}

export function useAsking(): Asking {
  const { expect } = useTexts();
  const [text, setText] = useState("");
  const [loaded, setLoaded] = useState<Loaded>({ text: "" });
  const [form, setForm] = useState(NOTHING_EXPECTED);
  const demanded = useMemo(() => demandedBy(form, expect), [form, expect]);
  const put = useCallback((shown: string, held: Expectations) => {
    setText(shown);
    setLoaded({ text: shown });
    setForm(held);
  }, []);
  const show = useCallback(
    (inquiry: string) => {
      const shown = showInquiry(inquiry);
      put(shown.text, shown.form);
    },
    [put],
  );
  const clear = useCallback(() => put("", NOTHING_EXPECTED), [put]);
  return { text, setText, loaded, form, setForm, demanded, show, clear };
}
