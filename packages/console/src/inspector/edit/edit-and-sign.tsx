import { NativeSelect } from "@mantine/core";
import type { AlgorithmName } from "@assay/token";
import { useMemo, useState } from "react";
import { useTexts } from "../../language/language-context.tsx";
import { usePromised } from "../../use-promised.ts";
import { AnswerSection } from "../answer/answer-section.tsx";
import type { Asking } from "../use-asking.ts";
import { WhileReading } from "../while-reading.tsx";
import { isEmpty } from "../worker/pasted-text.ts";
import { useAnswer } from "../worker/use-answer.ts";
import { useReading } from "../worker/use-reading.ts";
import { forge, headerFor, makeKeys, OFFERED, type Way } from "./forge.ts";
import { JsonField } from "./json-field.tsx";
import { questionOf } from "./question-of.ts";
import { ownStart, pastedStart, type Start } from "./start.ts";
import { TokenText } from "./token-text.tsx";
import { useEdited, useLast } from "./use-edited.ts";

const WAYS: readonly Way[] = ["fresh", "kept", "other", "none"];
const DECORATION = { "aria-hidden": true };

/** Change a header or a claim, sign, and see what each step says. Keys and tokens stay in the page. */
export function EditAndSign({ asking }: { readonly asking: Asking }) {
  const { edit } = useTexts();
  const { text, request, demanded } = asking;
  const read = useReading(text, request);
  if (isEmpty(text)) return <Editor given={null} />;
  if (read?.of.text === text && read.of.request === request)
    return <Editor given={pastedStart(read.answer, demanded)} />;
  return <WhileReading title={edit.title} />;
}

/** `given`: what it begins with, if it was pasted. */
function Editor({ given }: { readonly given: Start | null }) {
  const { edit, samples } = useTexts();
  const [pasted] = useState(given);
  const [start, setStart] = useState<Start>(() => pasted ?? ownStart());
  const [making, setMaking] = useState(() => makeKeys("ES256"));
  const made = usePromised(making);
  // The last keys stay until the next ones are made, and so does what was typed.
  const keys = useLast(made && "value" in made ? made.value : null);
  const [chosen, setWay] = useState<Way>("fresh");
  const way = chosen === "kept" && start.signature === "" ? "fresh" : chosen;
  const first = useMemo(
    () =>
      way === "kept" ? start.header : keys && headerFor(start.header, keys),
    [keys, start, way],
  );
  const [header, setHeader] = useEdited(first);
  const [claims, setClaims] = useEdited(start.claims);
  const forging = useMemo(
    () =>
      keys && header && claims
        ? forge({ header, claims }, way, keys, start.signature).then(
            (token) => ({
              token,
              question: questionOf(token, way, keys, start),
            }),
          )
        : null,
    [keys, header, claims, way, start],
  );
  const done = usePromised(forging);
  // A token and what is asked of it belong together; the last ones stay until the next ones are made.
  const forged = useLast(done && "value" in done ? done.value : null);
  const failure = [made, done].find((one) => one && "error" in one);
  const answer = useAnswer(forged?.question ?? null);

  return (
    <main className={answer ? "inspector answered" : "inspector"}>
      <section className="ask edit" aria-labelledby="edit">
        <h2 id="edit">{edit.title}</h2>
        <p className="quiet small">{edit.intro}</p>
        <div className="edit-choices">
          <NativeSelect
            label={edit.startFrom}
            size="xs"
            rightSectionProps={DECORATION}
            value={start === pasted ? "pasted" : "own"}
            data={[
              { value: "own", label: samples.accepted },
              ...(pasted ? [{ value: "pasted", label: edit.fromPasted }] : []),
            ]}
            onChange={({ currentTarget: { value } }) =>
              setStart(value === "pasted" && pasted ? pasted : ownStart())
            }
          />
          <NativeSelect
            label={edit.algorithm}
            size="xs"
            rightSectionProps={DECORATION}
            value={keys?.alg ?? ""}
            data={[...OFFERED]}
            onChange={({ currentTarget: { value } }) =>
              setMaking(makeKeys(value as AlgorithmName))
            }
          />
          <NativeSelect
            label={edit.signature}
            size="xs"
            rightSectionProps={DECORATION}
            value={way}
            data={WAYS.filter(
              (one) => one !== "kept" || start.signature !== "",
            ).map((one) => ({ value: one, label: edit.ways[one] }))}
            onChange={({ currentTarget: { value } }) => setWay(value as Way)}
          />
        </div>
        {first ? (
          <>
            <JsonField
              label={edit.header}
              first={first}
              onChange={setHeader}
              rows={5}
            />
            <JsonField
              label={edit.claims}
              first={start.claims}
              onChange={setClaims}
              rows={10}
            />
          </>
        ) : (
          <p role="status">{edit.making}</p>
        )}
        {failure && "error" in failure && (
          <p role="alert">{edit.failed(String(failure.error))}</p>
        )}
        {forged && <TokenText label={edit.token} token={forged.token} />}
        <p className="quiet small below">{edit.expects}</p>
      </section>
      <AnswerSection answer={answer} />
    </main>
  );
}
