/** The editor of the paste box: plain text whose tokens are tinted by part, with signs shown that the eye would overlook. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightSpecialChars,
  keymap,
  placeholder,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { tokenParts } from "./token-parts.ts";

const marks = {
  header: Decoration.mark({ class: "tint-header" }),
  payload: Decoration.mark({ class: "tint-payload" }),
  signature: Decoration.mark({ class: "tint-signature" }),
  dot: Decoration.mark({ class: "tint-dot" }),
};

const tint = (doc: Text): DecorationSet =>
  Decoration.set(
    tokenParts(doc.toString()).map(({ from, to, part }) =>
      marks[part].range(from, to),
    ),
  );

const tinted = ViewPlugin.define(
  (view) => ({
    decorations: tint(view.state.doc),
    update(update) {
      if (update.docChanged) this.decorations = tint(update.state.doc);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

const look = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--field)",
    border: "1px solid var(--line-strong)",
    borderRadius: "2px",
    fontSize: "13px",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "0" },
  ".cm-scroller": {
    fontFamily: "var(--mono)",
    lineHeight: "20px",
    minHeight: "108px",
    maxHeight: "min(32vh, 268px)",
    overflow: "auto",
  },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 8px", overflowWrap: "anywhere" },
  ".cm-placeholder": { color: "var(--quiet)" },
  ".cm-specialChar": { color: "var(--failed)" },
  ".tint-header": { color: "var(--accent)" },
  ".tint-payload": { color: "var(--ink)" },
  ".tint-signature": { color: "var(--quiet)" },
  ".tint-dot": { color: "var(--failed)", fontWeight: "700" },
});

export interface PasteEditorOptions {
  readonly label: string;
  readonly hint: string;
  /** What stands in it at first. */
  readonly text: string;
  /** `anew`: somebody put another text in place of all that stood there. */
  readonly onChange: (text: string, anew: boolean) => void;
}

/** By a person, not by the page: what the page puts in is no user's event. */
function isAnew({ changes, startState, transactions }: ViewUpdate): boolean {
  if (
    !transactions.some(
      (one) => one.isUserEvent("input") || one.isUserEvent("delete"),
    )
  )
    return false;
  let all = false;
  changes.iterChanges((from, to) => {
    all ||= from === 0 && to === startState.doc.length;
  });
  return all;
}

/**
 * Opens the editor in a shadow root: there its styles are adopted by script, and the page's policy, which forbids style elements, need
 * not be weakened for it. Tab leaves the box, as it does everywhere else on the page.
 */
export function openPasteEditor(
  root: ShadowRoot,
  { label, hint, text, onChange }: PasteEditorOptions,
): EditorView {
  const extensions: Extension = [
    history(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    // A no-break space looks like a blank and is none.
    highlightSpecialChars({ addSpecialChars: /\u00a0/g }),
    placeholder(hint),
    EditorView.contentAttributes.of({
      "aria-label": label,
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
      translate: "no",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged)
        onChange(update.state.doc.toString(), isAnew(update));
    }),
    tinted,
    look,
  ];
  return new EditorView({
    state: EditorState.create({ doc: text, extensions }),
    root,
    parent: root,
  });
}
