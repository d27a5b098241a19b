import { useRef, useState } from "react";
import samples from "virtual:samples";
import { useTexts } from "../../language/language-context.tsx";
import type { StartToken } from "../edit/start-token.ts";
import { PasteBox } from "../paste/paste-box.tsx";
import { COMPARISON } from "../samples/sample-list.ts";
import type { Asking } from "../use-asking.ts";
import { WhileReading } from "../while-reading.tsx";
import { isEmpty } from "../worker/pasted-text.ts";
import { readIn, useReading } from "../worker/use-reading.ts";
import { DifferenceTable } from "./difference-table.tsx";
import { differences } from "./differences.ts";
import { pairIn, type Pair } from "./pair.ts";
import { useBox, type Box } from "./use-box.ts";

/** Two tokens side by side: what changed, what was lost. It begins with what was pasted in the inspector. */
export function Compare({ asking }: { readonly asking: Asking }) {
  const { compare } = useTexts();
  const [{ text, request }] = useState(asking);
  const read = useReading(text, request);
  if (read === null && !isEmpty(text))
    return <WhileReading title={compare.title} />;
  return <Comparison begun={pairIn(text, read?.answer ?? null)} />;
}

function Comparison({ begun }: { readonly begun: Pair }) {
  const { compare, paste } = useTexts();
  const answer = useRef<HTMLElement>(null);
  const first = useBox(begun.first);
  const second = useBox(begun.second);
  const one = first.token;
  const other = second.token;
  const load = (pair: Pair): void => {
    first.put(pair.first);
    second.put(pair.second);
  };
  const box = (label: string, held: Box, focused: boolean) => (
    <div>
      <h3 aria-hidden="true">{label}</h3>
      <PasteBox
        label={label}
        hint={compare.hint}
        text={held.text}
        loaded={held.loaded}
        onChange={held.setText}
        onOpen={held.put}
        focused={focused}
      />
      {held.reading && (
        <p className="small quiet" role="status">
          {paste.reading}
        </p>
      )}
      {held.unreadable && (
        <p className="small" role="alert">
          {compare.unreadable}
        </p>
      )}
    </div>
  );
  return (
    <main className={one && other ? "inspector answered" : "inspector"}>
      <section className="ask compare" aria-labelledby="compare">
        <div className="heading">
          <h2 id="compare">{compare.title}</h2>
          <button
            type="button"
            className="word-button small"
            onClick={() => load({ first: second.text, second: first.text })}
          >
            {compare.swap}
          </button>
        </div>
        {box(compare.first, first, begun.first === "")}
        {box(compare.second, second, begun.first !== "")}
      </section>
      <section
        ref={answer}
        className="answer"
        aria-label={compare.label}
        tabIndex={-1}
      >
        <p className="unseen" role="status">
          {one && other && summary(one, other)}
        </p>
        {!(one && other) && (
          <p className="nothing-yet">
            {compare.intro}{" "}
            <button
              type="button"
              className="word-button"
              onClick={() => {
                const example = samples[COMPARISON.name] ?? "";
                void readIn(example).then((read) =>
                  load(pairIn(example, read)),
                );
                answer.current?.focus();
              }}
            >
              {compare.example}
            </button>
          </p>
        )}
        {one && other && (
          <>
            <h2>{summary(one, other)}</h2>
            <DifferenceTable rows={differences(one, other)} />
          </>
        )}
      </section>
    </main>
  );

  function summary(a: StartToken, b: StartToken): string {
    const rows = differences(a, b);
    const lost = rows.filter(({ kind }) => kind === "lost");
    if (rows.every(({ kind }) => kind === "same"))
      return a.signature === b.signature
        ? compare.sameToken
        : compare.onlySignature;
    const names = [
      ...lost.map(({ name }) => name),
      ...rows.flatMap(({ kind, lost: items }) =>
        kind === "changed" ? items : [],
      ),
    ].slice(0, 5);
    return names.length === 0
      ? compare.summary
      : `${compare.summary}; ${compare.lost(names.join(", "))}`;
  }
}
