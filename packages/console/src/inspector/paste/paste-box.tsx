import {
  useEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
} from "react";
import { useTexts } from "../../language/language-context.tsx";
import { LONGEST_SHOWN, type PastedText } from "../worker/pasted-text.ts";
import { LargeCard } from "./large-card.tsx";
import { PasteText, type Loaded } from "./paste-text.tsx";
import { useOpening } from "./use-opening.ts";

interface Props {
  readonly label: string;
  readonly hint: string;
  /** What was pasted or opened. A text is shown when the box is opened, and never written back. */
  readonly text: PastedText;
  readonly loaded: Loaded;
  readonly onChange: (text: string, anew: boolean) => void;
  /** A file was opened or dropped, or what was pasted is too large for the box. */
  readonly onOpen: (text: PastedText) => void;
  /** A large text is to go. */
  readonly onRemove?: () => void;
  /** What a large text was read as; null: it is still being read. */
  readonly readAs?: string | null;
  /** Takes the focus when it is opened. */
  readonly focused?: boolean;
}

/** Where people put what they have: they type, paste, drop or open a file. */
export function PasteBox({
  label,
  hint,
  text,
  loaded,
  onChange,
  onOpen,
  onRemove,
  readAs = null,
  focused = false,
}: Props) {
  const { paste } = useTexts();
  const { problem, forgetProblem, openFiles, openText } = useOpening(onOpen);
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const large = typeof text === "string" ? null : text;
  useEffect(guardAgainstStrayFiles, []);

  // Both are caught on their way down: the editor would put in all that it is given.
  const pasted = (event: ClipboardEvent): void => {
    const { files } = event.clipboardData;
    const given = event.clipboardData.getData("text/plain");
    if (given.length > LONGEST_SHOWN || large) openText(given);
    else if (given === "" && files.length > 0) openFiles(files);
    else {
      forgetProblem();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const dropped = (event: DragEvent): void => {
    setOver(false);
    const { files } = event.dataTransfer;
    const given = event.dataTransfer.getData("text/plain");
    if (files.length > 0) openFiles(files);
    else if (given.length > LONGEST_SHOWN || large) openText(given);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className={over ? "paste-box paste-over" : "paste-box"}
      onPasteCapture={pasted}
      onDropCapture={dropped}
      onDragOverCapture={(event) => {
        if (!holdsFiles(event.nativeEvent)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        setOver(true);
      }}
      onDragLeaveCapture={() => setOver(false)}
    >
      {large ? (
        <LargeCard
          key={large.id}
          label={label}
          large={large}
          readAs={readAs}
          onRemove={onRemove}
        />
      ) : (
        <PasteText
          label={label}
          hint={hint}
          initial={typeof text === "string" ? text : ""}
          loaded={loaded}
          onChange={onChange}
          focused={focused}
        />
      )}
      <p className="quiet small below">
        <button
          type="button"
          className="word-button"
          aria-label={paste.openFor(label)}
          onClick={() => chooser.current?.click()}
        >
          {paste.open}
        </button>{" "}
        {paste.orDrop}
      </p>
      <input
        ref={chooser}
        type="file"
        hidden
        onChange={({ currentTarget: input }) => {
          if (input.files) openFiles(input.files);
          // The same file can be opened again, when it has changed.
          input.value = "";
        }}
      />
      {problem !== null && (
        <p className="small" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

const holdsFiles = ({ dataTransfer }: globalThis.DragEvent): boolean =>
  dataTransfer?.types.includes("Files") === true;

/** Threat: a file that is dropped beside the box would take the page's place, and what was typed would be lost. */
function guardAgainstStrayFiles(): () => void {
  const refuse = (event: globalThis.DragEvent): void => {
    if (event.defaultPrevented || !holdsFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "none";
  };
  addEventListener("dragover", refuse);
  addEventListener("drop", refuse);
  return () => {
    removeEventListener("dragover", refuse);
    removeEventListener("drop", refuse);
  };
}
