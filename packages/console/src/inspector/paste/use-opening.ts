/** What becomes of files that are opened or dropped, and of texts that are pasted: short ones go into the box, large ones to the worker. */
import { useState } from "react";
import { useTexts } from "../../language/language-context.tsx";
import { handOverFile, handOverText } from "../worker/large-text.ts";
import {
  LARGEST_READ,
  LONGEST_SHOWN,
  type PastedText,
} from "../worker/pasted-text.ts";
import { NoText, textOf } from "../worker/text-of.ts";
import { mebibytes } from "./mebibytes.ts";

interface Opening {
  /** Why nothing was taken, in words; null: nothing is wrong. */
  readonly problem: string | null;
  readonly forgetProblem: () => void;
  /** Takes the first of them. */
  readonly openFiles: (files: FileList) => void;
  readonly openText: (text: string) => void;
}

export function useOpening(onOpen: (text: PastedText) => void): Opening {
  const { paste, tag } = useTexts();
  const [problem, setProblem] = useState<string | null>(null);
  const take = (text: PastedText): void => {
    setProblem(null);
    onOpen(text);
  };
  const tooLarge = (name: string, size: number): void => {
    const found = paste.found(`${name} (${mebibytes(size, tag)})`);
    setProblem(`${paste.atMost(mebibytes(LARGEST_READ, tag))} ${found}`);
  };
  return {
    problem,
    forgetProblem: () => setProblem(null),
    openFiles([file]) {
      if (!file) return;
      const { name, size } = file;
      if (size > LARGEST_READ) tooLarge(name, size);
      else if (size > LONGEST_SHOWN) take(handOverFile(file));
      else
        textOf(file).then(take, (error: unknown) =>
          setProblem(
            error instanceof NoText
              ? paste.noText(name)
              : paste.unreadable(name),
          ),
        );
    },
    openText(text) {
      if (text.length > LARGEST_READ) tooLarge(paste.pastedText, text.length);
      else take(text.length > LONGEST_SHOWN ? handOverText(text) : text);
    },
  };
}
