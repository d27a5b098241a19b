import type { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { openPasteEditor } from "./paste-editor.ts";

/** A text that the page itself puts into the box: each object once. */
export interface Loaded {
  readonly text: string;
}

interface Props {
  readonly label: string;
  /** What is typed is never written back: a text that comes late would undo what was typed since. */
  readonly loaded: Loaded;
  readonly onChange: (text: string) => void;
}

const HINT =
  "Paste a token, an Authorization line, a curl command, or an HTTP request or response.";

/** Where people put what they have. It has the focus from the start. */
export function PasteBox({ label, loaded, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);

  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const view = openPasteEditor(root, { label, hint: HINT, onChange });
    editor.current = view;
    view.focus();
    return () => view.destroy();
  }, [label, onChange]);

  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === loaded.text) return;
    const all = { from: 0, to: view.state.doc.length };
    view.dispatch({ changes: { ...all, insert: loaded.text } });
  }, [loaded]);

  return <div ref={place} className="paste" />;
}
