import type { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { openPasteEditor } from "./paste-editor.ts";

/** A text that the page itself puts into the box: each object once. */
export interface Loaded {
  readonly text: string;
  /** The box is to have the focus then. */
  readonly focus?: boolean;
}

interface Props {
  readonly label: string;
  readonly hint: string;
  /** What stands in the box when it is opened. */
  readonly initial: string;
  /** What is typed is never written back: a text that comes late would undo what was typed since. */
  readonly loaded: Loaded;
  readonly onChange: (text: string, anew: boolean) => void;
  /** Takes the focus when it is opened. */
  readonly focused: boolean;
}

/** The text that people put in, to look at and to change. */
export function PasteText({
  label,
  hint,
  initial,
  loaded,
  onChange,
  focused,
}: Props) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const first = useRef({ text: initial, focused });
  const shown = useRef(loaded);

  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const { text, focused: focus } = first.current;
    const view = openPasteEditor(root, { label, hint, text, onChange });
    editor.current = view;
    if (focus) view.focus();
    // Another language opens it anew, with what stands in it.
    return () => {
      first.current = {
        text: view.state.doc.toString(),
        focused: view.hasFocus,
      };
      view.destroy();
    };
  }, [label, hint, onChange]);

  useEffect(() => {
    const view = editor.current;
    if (!view || shown.current === loaded) return;
    shown.current = loaded;
    const all = { from: 0, to: view.state.doc.length };
    view.dispatch({ changes: { ...all, insert: loaded.text } });
    if (loaded.focus === true) view.focus();
  }, [loaded]);

  return <div ref={place} className="paste" />;
}
