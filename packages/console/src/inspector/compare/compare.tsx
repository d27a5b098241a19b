import { useMemo, useRef, useState } from "react";
import samples from "virtual:samples";
import { useTexts } from "../../language/language-context.tsx";
import { pastedToken, type StartToken } from "../edit/start-token.ts";
import { PasteBox, type Loaded } from "../paste/paste-box.tsx";
import { COMPARISON } from "../samples/sample-list.ts";
import { DifferenceTable } from "./difference-table.tsx";
import { differences } from "./differences.ts";
import { pairIn, type Pair } from "./pair.ts";

/** Two tokens side by side: what changed, what was lost. */
export function Compare({ pasted }: { readonly pasted: string }) {
  const { compare } = useTexts();
  const answer = useRef<HTMLElement>(null);
  const [begun] = useState(() => pairIn(pasted));
  const [first, setFirst] = useState(begun.first);
  const [second, setSecond] = useState(begun.second);
  const [loaded, setLoaded] = useState<{ first: Loaded; second: Loaded }>({
    first: { text: begun.first },
    second: { text: begun.second },
  });
  const load = (pair: Pair): void =>
    setLoaded({ first: { text: pair.first }, second: { text: pair.second } });
  const one = useMemo(() => pastedToken(first), [first]);
  const other = useMemo(() => pastedToken(second), [second]);
  const box = (
    label: string,
    text: string,
    token: StartToken | null,
    from: Loaded,
    onChange: (text: string) => void,
    focused: boolean,
  ) => (
    <div>
      <h3 aria-hidden="true">{label}</h3>
      <PasteBox
        label={label}
        hint={compare.hint}
        initial={text}
        loaded={from}
        onChange={onChange}
        focused={focused}
      />
      {text.trim() !== "" && token === null && (
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
            onClick={() => load({ first: second, second: first })}
          >
            {compare.swap}
          </button>
        </div>
        {box(compare.first, first, one, loaded.first, setFirst, first === "")}
        {box(
          compare.second,
          second,
          other,
          loaded.second,
          setSecond,
          first !== "",
        )}
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
                load(pairIn(samples[COMPARISON.name] ?? ""));
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
