import { useEffect, useRef, useState } from "react";
import { warmUp } from "./page-worker.ts";

/** Milliseconds without a keystroke before the text is judged. */
const PAUSE = 80;

export interface Newest<Q, A> {
  readonly of: Q;
  readonly answer: A;
}

/**
 * The answer to the newest question; the one before stays until it comes. One question of a view at a time is with the worker, and of
 * those that wait only the newest is ever asked. null: nothing is asked. The question must be the same as long as it asks the same, and
 * `ask` always.
 */
export function useNewest<Q, A>(
  question: Q | null,
  ask: (question: Q) => Promise<A>,
): Newest<Q, A> | null {
  const [newest, setNewest] = useState<Newest<Q, A> | null>(null);
  const line = useRef<Line<Q>>(null);
  const idle = useRef(true);

  useEffect(() => {
    warmUp();
    const opened = openLine(ask, setNewest);
    line.current = opened;
  }, [ask]);

  useEffect(() => {
    if (question === null) {
      line.current?.forget();
      idle.current = true;
      return undefined;
    }
    // What is pasted into an empty box is judged at once.
    const pause = idle.current ? 0 : PAUSE;
    idle.current = false;
    const timer = setTimeout(() => line.current?.ask(question), pause);
    return () => clearTimeout(timer);
  }, [question]);

  return newest;
}

interface Line<Q> {
  ask(question: Q): void;
  /** Nothing is asked any more: an answer that is still to come is dropped. */
  forget(): void;
}

function openLine<Q, A>(
  ask: (question: Q) => Promise<A>,
  onAnswer: (newest: Newest<Q, A> | null) => void,
): Line<Q> {
  let number = 0;
  let busy = false;
  let waiting: { readonly question: Q } | null = null;
  const send = async (question: Q): Promise<void> => {
    busy = true;
    waiting = null;
    const sent = number;
    const answer = await ask(question);
    busy = false;
    if (sent === number) onAnswer({ of: question, answer });
    else sendNext();
  };
  const sendNext = (): void => {
    if (waiting) void send(waiting.question);
  };
  return {
    ask(question) {
      number++;
      if (busy) waiting = { question };
      else void send(question);
    },
    forget() {
      number++;
      waiting = null;
      onAnswer(null);
    },
  };
}
