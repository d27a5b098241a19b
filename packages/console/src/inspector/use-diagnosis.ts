import { useEffect, useRef, useState } from "react";
import type { Inquiry } from "@assay/diagnosis";
import type { Answer, Question } from "./question.ts";
import { startWorker } from "./start-worker.ts";

/** Milliseconds without a keystroke before the text is judged. */
const PAUSE = 80;

/** The answer to the newest question; older ones that come late are dropped. null until there is something to judge. */
export function useDiagnosis(inquiry: Inquiry | null, now: number): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const worker = useRef<Worker | null>(null);
  const newest = useRef(0);

  useEffect(() => {
    const started = startWorker();
    started.addEventListener("message", (event: MessageEvent<Answer>) => {
      if (event.data.id === newest.current) setAnswer(event.data);
    });
    worker.current = started;
    return () => started.terminate();
  }, []);

  const key = JSON.stringify(inquiry);
  useEffect(() => {
    const id = ++newest.current;
    if (inquiry === null) {
      setAnswer(null);
      return;
    }
    const timer = setTimeout(() => worker.current?.postMessage({ id, inquiry, now } satisfies Question), PAUSE);
    return () => clearTimeout(timer);
    // The inquiry is compared by what it says.
  }, [key, now]);

  return answer;
}
