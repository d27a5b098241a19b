import { useCallback, useMemo, useState } from "react";
import { useTexts } from "../language/language-context.tsx";
import {
  demandedBy,
  NOTHING_EXPECTED,
  type Demanded,
  type Expectations,
} from "./expectations/expectations.ts";
import { showInquiry } from "./expectations/from-inquiry.ts";
import type { Loaded } from "./paste/paste-box.tsx";

/** What is asked: the text in the box and what the form says. */
export interface Asking {
  readonly text: string;
  /** `anew`: somebody put another text in place of all that stood there. */
  readonly setText: (text: string, anew: boolean) => void;
  /** What the page itself puts into the box. */
  readonly loaded: Loaded;
  readonly form: Expectations;
  readonly setForm: (form: Expectations) => void;
  readonly demanded: Demanded;
  /** Shows an inquiry, or any other text that can be pasted, in place of what is there. `sample`: its name, if it has one. */
  readonly show: (text: string, sample?: string) => void;
  /** The sample that is shown; "": none. */
  readonly sample: string;
  readonly clear: () => void;
}

const EMPTY: Loaded = { text: "", focus: true };

export function useAsking(): Asking {
  const { expect } = useTexts();
  const [text, setTyped] = useState("");
  const [loaded, setLoaded] = useState<Loaded>({ text: "" });
  const [form, setForm] = useState(NOTHING_EXPECTED);
  const [brought, setBrought] = useState(NOTHING_EXPECTED);
  const [sample, setSample] = useState("");
  const demanded = useMemo(() => demandedBy(form, expect), [form, expect]);

  const setText = useCallback(
    (typed: string, anew: boolean) => {
      setTyped(typed);
      if (!anew) return;
      setSample("");
      // What the page filled in for its own token would judge another one. What somebody wrote stays.
      setForm((held) => (held === brought ? NOTHING_EXPECTED : held));
    },
    [brought],
  );
  const show = useCallback((inquiry: string, name = "") => {
    const shown = showInquiry(inquiry);
    setTyped(shown.text);
    setLoaded({ text: shown.text });
    setForm(shown.form);
    setBrought(shown.form);
    setSample(name);
  }, []);
  const clear = useCallback(() => {
    setTyped("");
    setLoaded({ ...EMPTY });
    setForm(NOTHING_EXPECTED);
    setSample("");
  }, []);
  return {
    text,
    setText,
    loaded,
    form,
    setForm,
    demanded,
    show,
    sample,
    clear,
  };
}
