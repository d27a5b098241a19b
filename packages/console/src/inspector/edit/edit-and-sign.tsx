import { NativeSelect } from "@mantine/core";
import type { InquiryPolicy } from "@assay/diagnosis";
import type { AlgorithmName } from "@assay/token";
import { useMemo, useState } from "react";
import { useTexts } from "../../language/language-context.tsx";
import { AnswerView } from "../answer/answer-view.tsx";
import { usePromised } from "../../use-promised.ts";
import { useAnswer } from "../worker/use-answer.ts";
import {
  forge,
  headerFor,
  knownKeys,
  makeKeys,
  OFFERED,
  type Way,
} from "./forge.ts";
import { JsonField } from "./json-field.tsx";
import { ownToken, pastedToken, type Start } from "./start-token.ts";
import { TokenText } from "./token-text.tsx";
import { useEdited, useLast } from "./use-edited.ts";

const WAYS: readonly Way[] = ["fresh", "kept", "other", "none"];
const DECORATION = { "aria-hidden": true };

/** Change a header or a claim, sign, and see what each step says. Keys and tokens stay in the page. */
export function EditAndSign({ pasted }: { readonly pasted: string }) {
  const { edit, samples, answer: words } = useTexts();
  const fromPasted = useMemo(() => pastedToken(pasted), [pasted]);
  const [start, setStart] = useState<Start>(() => fromPasted ?? ownToken());
  const [making, setMaking] = useState(() => makeKeys("ES256"));
  const made = usePromised(making);
  const keys = made && "value" in made ? made.value : null;
  const [way, setWay] = useState<Way>("fresh");
  const firstHeader = useMemo(
    () => keys && headerFor(start.header, keys),
    [keys, start],
  );
  const [header, setHeader] = useEdited(firstHeader);
  const [claims, setClaims] = useEdited(start.claims);
  const forging = useMemo(
    () =>
      keys && header && claims
        ? forge({ header, claims }, way, keys, start.signature)
        : null,
    [keys, header, claims, way, start],
  );
  const forged = usePromised(forging);
  const failure = [made, forged].find((one) => one && "error" in one);
  // The last token stays until the next one is made.
  const fresh = forged && "value" in forged ? forged.value : null;
  const token = useLast(fresh);

  const question = useMemo(
    () =>
      keys && token !== null
        ? {
            text: token,
            policy: { ...expectedBy(start), ...knownKeys(keys) },
            now: null,
            round: 0,
          }
        : null,
    [keys, token, start],
  );
  const answer = useAnswer(question);

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
            value={start === fromPasted ? "pasted" : "own"}
            data={[
              { value: "own", label: samples.accepted },
              ...(fromPasted
                ? [{ value: "pasted", label: edit.fromPasted }]
                : []),
            ]}
            onChange={({ currentTarget: { value } }) =>
              setStart(
                value === "pasted" && fromPasted ? fromPasted : ownToken(),
              )
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
        {firstHeader ? (
          <>
            <JsonField
              label={edit.header}
              first={firstHeader}
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
        {token !== null && <TokenText label={edit.token} token={token} />}
        <p className="quiet small below">
          {edit.expects} {edit.expectsWhat}
        </p>
      </section>
      <section className="answer" aria-label={words.label} tabIndex={-1}>
        {answer && <AnswerView answer={answer} wide />}
      </section>
    </main>
  );
}

/** What the token said before it was changed is what an API would expect of it. */
function expectedBy({ claims }: Start): InquiryPolicy {
  const { iss, aud, scope } = claims as Readonly<Record<string, unknown>>;
  const audience = [aud].flat().filter((one) => typeof one === "string");
  return {
    ...(typeof iss === "string" && { issuer: iss }),
    ...(audience.length > 0 && { audience }),
    ...(typeof scope === "string" &&
      scope !== "" && { scopes: scope.split(" ") }),
  };
}
