import { useEffect, useRef, useState } from "react";
import type { Answer, Answered, Asked, Question } from "./question.ts";
import { startWorker } from "./start-worker.ts";

/** Milliseconds without a keystroke before the text is judged. */
const PAUSE = 80;

/**
 * The answer to the newest question; the one before stays until it comes. One question at a time is with the worker, and of those
 * that wait only the newest is ever asked. null: nothing is asked. The question must be the same object as long as it asks the same.
 */
export function useAnswer(question: Question | null): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const worker = useRef<AskingWorker>(null);
  const idle = useRef(true);

  useEffect(() => {
    const started = askingWorker(setAnswer);
    worker.current = started;
    return () => started.stop();
  }, []);

  useEffect(() => {
    if (question === null) {
      worker.current?.forget();
      idle.current = true;
      return undefined;
    }
    // What is pasted into an empty box is judged at once.
    const pause = idle.current ? 0 : PAUSE;
    idle.current = false;
    const timer = setTimeout(() => worker.current?.ask(question), pause);
    return () => clearTimeout(timer);
  }, [question]);

  return answer;
}

interface AskingWorker {
  ask(question: Question): void;
  /** Nothing is asked any more: an answer that is still to come is dropped. */
  forget(): void;
  stop(): void;
}

function askingWorker(onAnswer: (answer: Answer | null) => void): AskingWorker {
  const worker = startWorker();
  let newest = 0;
  let busy = false;
  let waiting: Question | null = null;
  const send = (question: Question): void => {
    busy = true;
    waiting = null;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage({ id: newest, question } satisfies Asked);
  };
  worker.addEventListener("message", ({ data }: MessageEvent<Answered>) => {
    busy = false;
    if (data.id === newest) onAnswer(data.answer);
    else if (waiting) send(waiting);
  });
  worker.addEventListener("error", () => {
    onAnswer({ error: "", own: "worker" });
  });
  return {
    ask(question) {
      newest++;
      if (busy) waiting = question;
      else send(question);
    },
    forget() {
      newest++;
      waiting = null;
      onAnswer(null);
    },
    stop: () => worker.terminate(),
  };
}
