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

const NO_WORKER: Answer = { error: "", own: "worker" };

function askingWorker(onAnswer: (answer: Answer | null) => void): AskingWorker {
  const worker = tryToStart();
  if (worker === null) return withoutWorker(onAnswer);
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
  let failed = false;
  worker.addEventListener("error", () => {
    failed = true;
    onAnswer(NO_WORKER);
  });
  return {
    ask(question) {
      newest++;
      if (failed) onAnswer(NO_WORKER);
      else if (busy) waiting = question;
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

/** A browser may refuse workers by a setting, or to a page from a file. */
function tryToStart(): Worker | null {
  try {
    return startWorker();
  } catch {
    return null;
  }
}

const withoutWorker = (
  onAnswer: (answer: Answer | null) => void,
): AskingWorker => ({
  ask: () => onAnswer(NO_WORKER),
  forget: () => onAnswer(null),
  stop: () => {},
});
