import { useRef, useState } from "react";
import type { StartToken } from "../edit/start-token.ts";
import type { Loaded } from "../paste/paste-text.tsx";
import { forgetLarge } from "../worker/large-text.ts";
import {
  isEmpty,
  type LargeText,
  type PastedText,
} from "../worker/pasted-text.ts";
import { readIn, useReading } from "../worker/use-reading.ts";

/** One of the two texts that are compared. */
export interface Box {
  readonly text: string;
  readonly loaded: Loaded;
  /** The token in it. */
  readonly token: StartToken | null;
  /** What was opened is still being read. */
  readonly reading: boolean;
  /** There is a text, and no token in it can be read. */
  readonly unreadable: boolean;
  readonly setText: (text: string) => void;
  /** Puts a text into the box; of a large one, the token that was found in it. */
  readonly put: (text: PastedText) => void;
}

export function useBox(begun: string): Box {
  const [text, setText] = useState(begun);
  const [loaded, setLoaded] = useState<Loaded>({ text: begun });
  const [opened, setOpened] = useState<"no" | "reading" | "unreadable">("no");
  const read = useReading(text);
  // A large text is read elsewhere; when it comes, another may have been put in its place.
  const changes = useRef(0);
  const show = (shown: string): void => {
    changes.current++;
    setOpened("no");
    setText(shown);
    setLoaded({ text: shown });
  };
  const open = async (large: LargeText): Promise<void> => {
    const change = ++changes.current;
    setOpened("reading");
    const found = await readIn(large);
    forgetLarge(large);
    if (change !== changes.current) return;
    show(found?.sent ?? "");
    if (!found?.sent) setOpened("unreadable");
  };
  return {
    text,
    loaded,
    token: isEmpty(text) ? null : (read?.answer?.token ?? null),
    reading: opened === "reading",
    unreadable: isEmpty(text)
      ? opened === "unreadable"
      : read?.of.text === text && !read.answer?.token,
    setText,
    put(given) {
      if (typeof given === "string") show(given);
      else void open(given);
    },
  };
}
