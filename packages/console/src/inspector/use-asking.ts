import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTexts } from "../language/language-context.tsx";
import {
  demandedBy,
  NOTHING_EXPECTED,
  type Demanded,
  type Expectations,
} from "./expectations/expectations.ts";
import { showInquiry } from "./expectations/from-inquiry.ts";
import type { Loaded } from "./paste/paste-text.tsx";
import { forgetLarge } from "./worker/large-text.ts";
import type { PastedText } from "./worker/pasted-text.ts";
import { readIn } from "./worker/use-reading.ts";

/** What is asked: what was pasted or opened, and what the form says. */
export interface Asking {
  readonly text: PastedText;
  /** Of several requests in it, the position of the one that somebody chose; null: the one that failed. */
  readonly request: number | null;
  readonly chooseRequest: (position: number) => void;
  /** `anew`: somebody put another text in place of all that stood there. */
  readonly setText: (text: string, anew: boolean) => void;
  /** What the page itself puts into the box. */
  readonly loaded: Loaded;
  readonly form: Expectations;
  readonly setForm: (form: Expectations) => void;
  readonly demanded: Demanded;
  /** Takes what somebody opened, or pasted though it is too large for the box, in place of what is there. */
  readonly take: (text: PastedText) => void;
  /** Shows an inquiry, or any other text that can be pasted, in place of what is there. `sample`: its name, if it has one. */
  readonly show: (text: string, sample?: string) => void;
  /** The sample that is shown; "": none. */
  readonly sample: string;
  readonly clear: () => void;
}

const EMPTY: Loaded = { text: "", focus: true };

export function useAsking(): Asking {
  const { expect } = useTexts();
  const [text, setPasted] = useState<PastedText>("");
  const [request, chooseRequest] = useState<number | null>(null);
  const [loaded, setLoaded] = useState<Loaded>({ text: "" });
  const [form, setForm] = useState(NOTHING_EXPECTED);
  const [brought, setBrought] = useState(NOTHING_EXPECTED);
  const [sample, setSample] = useState("");
  const demanded = useMemo(() => demandedBy(form, expect), [form, expect]);
  // What is to be shown is read elsewhere; when it comes, something else may have been pasted.
  const changes = useRef(0);

  useEffect(
    () => (typeof text === "string" ? undefined : () => forgetLarge(text)),
    [text],
  );

  const setText = useCallback(
    (typed: PastedText, anew: boolean) => {
      changes.current++;
      setPasted(typed);
      chooseRequest(null);
      if (!anew) return;
      setSample("");
      // What the page filled in for its own token would judge another one. What somebody wrote stays.
      setForm((held) => (held === brought ? NOTHING_EXPECTED : held));
    },
    [brought],
  );
  const take = useCallback(
    (given: PastedText) => {
      setText(given, true);
      setLoaded({ text: typeof given === "string" ? given : "" });
    },
    [setText],
  );
  const showWhenRead = useCallback(async (inquiry: string, name = "") => {
    const change = ++changes.current;
    setSample(name);
    const read = await readIn(inquiry);
    if (change !== changes.current) return;
    const shown = showInquiry(inquiry, read);
    setPasted(shown.text);
    chooseRequest(null);
    setLoaded({ text: shown.text });
    setForm(shown.form);
    setBrought(shown.form);
  }, []);
  const show = useCallback(
    (inquiry: string, name?: string) => void showWhenRead(inquiry, name),
    [showWhenRead],
  );
  const clear = useCallback(() => {
    changes.current++;
    setPasted("");
    chooseRequest(null);
    setLoaded({ ...EMPTY });
    setForm(NOTHING_EXPECTED);
    setSample("");
  }, []);
  return {
    text,
    request,
    chooseRequest,
    setText,
    loaded,
    form,
    setForm,
    demanded,
    take,
    show,
    sample,
    clear,
  };
}
