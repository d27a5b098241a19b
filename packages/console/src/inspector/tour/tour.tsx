import { useEffect, useMemo, useRef, useState } from "react";
import { addressOfMode } from "../../address.ts";
import { useTexts } from "../../language/language-context.tsx";
import { AnswerSection } from "../answer/answer-section.tsx";
import { makeKeys } from "../edit/forge.ts";
import { nowInSeconds } from "../edit/start-token.ts";
import { TokenText } from "../edit/token-text.tsx";
import { usePromised } from "../../use-promised.ts";
import { useAnswer } from "../worker/use-answer.ts";
import { CHAPTERS, openStage, sceneOf, type Stage } from "./breakages.ts";

/** Makes a token, breaks it in seven ways, and shows what is said. */
export function Tour() {
  const { tour, edit } = useTexts();
  const [at, setAt] = useState(0);
  const [stage, setStage] = useState(newStage);
  const chapter = CHAPTERS[at] ?? "good";
  const making = useMemo(
    () => stage.then((opened) => sceneOf(chapter, opened)),
    [stage, chapter],
  );
  const made = usePromised(making);
  const scene = made && "value" in made ? made.value : null;
  const question = useMemo(
    () => (scene ? { ...scene, request: null, round: 0 } : null),
    [scene],
  );
  const answer = useAnswer(question);
  const { title, text, look } = tour.chapters[chapter];
  const heading = useRef<HTMLHeadingElement>(null);
  // The new chapter's heading is spoken, not the old one's.
  const shown = useRef(at);
  useEffect(() => {
    if (shown.current !== at) heading.current?.focus();
    shown.current = at;
  }, [at]);
  const last = at === CHAPTERS.length - 1;

  return (
    <main className="inspector tour answered">
      <section className="ask" aria-labelledby="tour">
        <h2 id="tour">{tour.title}</h2>
        <p className="quiet small">{tour.intro}</p>
        <ol className="chapters" aria-label={tour.steps}>
          {CHAPTERS.map((one, i) => (
            <li key={one}>
              <button
                type="button"
                aria-current={i === at ? "step" : undefined}
                title={tour.chapters[one].title}
                onClick={() => setAt(i)}
              >
                {i}
                <span className="unseen">: {tour.chapters[one].title}</span>
              </button>
            </li>
          ))}
        </ol>
        <h3 ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <p>{text}</p>
        <p className="look">{look}</p>
        {made && "error" in made && (
          <p role="alert">{edit.failed(String(made.error))}</p>
        )}
        {scene && <TokenText label={tour.token} token={scene.token} />}
        <p className="tour-buttons">
          <button
            type="button"
            className="button"
            disabled={at === 0}
            onClick={() => setAt(at - 1)}
          >
            {tour.previous}
          </button>
          <button
            type="button"
            className="button"
            disabled={last}
            onClick={() => setAt(at + 1)}
          >
            {tour.next}
          </button>
          <span className="quiet small">
            {tour.progress(at + 1, CHAPTERS.length)}
          </span>
          <button
            type="button"
            className="word-button small"
            onClick={() => setStage(newStage())}
          >
            {tour.again}
          </button>
        </p>
        {last && (
          <p className="small">
            {tour.done}{" "}
            <a href={addressOfMode("inspect")}>{tour.toInspector}</a>{" "}
            <a href="#/handbook">{tour.toGuides}</a>
          </p>
        )}
      </section>
      <AnswerSection answer={answer} />
    </main>
  );
}

const newStage = async (): Promise<Stage> =>
  openStage(await makeKeys("ES256"), nowInSeconds());
