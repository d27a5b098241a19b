import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { SecretEncoding } from "@assay/diagnosis";
import type { Texts } from "../../language/english.ts";
import { useTexts } from "../../language/language-context.tsx";
import type { Demanded, Expectations } from "./expectations.ts";
import type { Supposition, Suppositions } from "./guesses.ts";

interface Props {
  readonly form: Expectations;
  readonly onChange: (form: Expectations) => void;
  readonly demanded: Demanded;
  readonly supposed: Suppositions;
}

const DECORATION = { "aria-hidden": true };

/** What the API expects. Empty means: not asked. A guess from the token counts only when somebody takes it over. */
export function ExpectationsForm({
  form,
  onChange,
  demanded,
  supposed,
}: Props) {
  const set = (change: Partial<Expectations>): void =>
    onChange({ ...form, ...change });
  const { expect: words } = useTexts();
  const kinds: Readonly<Record<string, string>> = words.kinds;
  const { keys, problems } = demanded;
  const due =
    supposed.kind?.from === "inquiry" ? supposed.kind.value : "access_token";
  const text = (
    name: "issuer" | "audience" | "scopes" | "algorithms" | "tolerance",
    label: string,
    empty = words.notAsked,
  ) => (
    <div className="field">
      <TextInput
        label={label}
        placeholder={supposed[name]?.value ?? empty}
        value={form[name]}
        error={problems[name]}
        onChange={(event) => set({ [name]: event.currentTarget.value })}
        size="xs"
        spellCheck={false}
        autoComplete="off"
      />
      <Supposed
        what={label}
        supposed={form[name] === "" ? supposed[name] : undefined}
        onTake={(value) => set({ [name]: value })}
      />
    </div>
  );

  return (
    <div className="expectations">
      <Textarea
        className="wide"
        label={words.keys}
        description={words.keysHelp}
        placeholder={
          supposed.keys && words.keysBrought(broughtIn(supposed.keys, words))
        }
        value={form.keys}
        error={problems.keys}
        onChange={(event) => set({ keys: event.currentTarget.value })}
        rows={3}
        size="xs"
        spellCheck={false}
        autoComplete="off"
      />
      {keys.are !== null && (
        <NativeSelect
          rightSectionProps={DECORATION}
          label={words.takeFor}
          data={options(words.forms)}
          value={form.keysAre}
          description={keys.words ? words.takenFor(keys.words) : null}
          inputWrapperOrder={["label", "input", "description", "error"]}
          onChange={(event) =>
            set({
              keysAre: event.currentTarget.value as Expectations["keysAre"],
            })
          }
          size="xs"
        />
      )}
      {keys.are === "secret" && (
        <NativeSelect
          rightSectionProps={DECORATION}
          label={words.secretUse}
          data={options(words.encodings)}
          value={form.secretEncoding}
          onChange={(event) =>
            set({ secretEncoding: event.currentTarget.value as SecretEncoding })
          }
          size="xs"
        />
      )}
      {text("issuer", words.issuer)}
      {text("audience", words.audience)}
      {text("scopes", words.scopes)}
      <div className="field">
        <NativeSelect
          rightSectionProps={DECORATION}
          label={words.kind}
          data={[
            { value: "", label: words.asUsual(kinds[due] ?? due) },
            ...options(words.kinds),
          ]}
          value={form.kind}
          onChange={(event) =>
            set({ kind: event.currentTarget.value as Expectations["kind"] })
          }
          size="xs"
        />
        <Supposed
          what={words.kind}
          supposed={form.kind === "" ? supposed.kind : undefined}
          words={kinds[supposed.kind?.value ?? ""]}
          onTake={(kind) => set({ kind: kind as Expectations["kind"] })}
        />
      </div>
      {text("algorithms", words.algorithms, words.ofTheKeys)}
      {text("tolerance", words.tolerance, "0")}
      <TextInput
        label={words.now}
        description={form.now === "" ? words.nowHelp : null}
        inputWrapperOrder={["label", "input", "description", "error"]}
        type="datetime-local"
        step={1}
        value={form.now}
        onChange={(event) => set({ now: event.currentTarget.value })}
        size="xs"
      />
    </div>
  );
}

interface SupposedProps {
  readonly what: string;
  readonly supposed: Supposition | undefined;
  readonly words?: string | undefined;
  readonly onTake: (value: string) => void;
}

function Supposed({ what, supposed, words, onTake }: SupposedProps) {
  const { expect } = useTexts();
  if (!supposed) return null;
  if (supposed.from === "inquiry")
    return <p className="supposed">{expect.brought}</p>;
  return (
    <p className="supposed">
      {words ? expect.guessOf(words) : expect.guess}
      {" · "}
      <button
        type="button"
        className="word-button"
        aria-label={expect.checkIt(what)}
        onClick={({ currentTarget }) => {
          onTake(supposed.value);
          // The button goes; the field that it filled is the next place.
          currentTarget
            .closest(".field")
            ?.querySelector<HTMLElement>("input, select")
            ?.focus();
        }}
      >
        {expect.check}
      </button>
    </p>
  );
}

/** The keys are named, never shown. */
const broughtIn = (
  { value }: Supposition,
  { broughtKeys }: Texts["expect"],
): string =>
  value
    .split(" ")
    .map((name) => broughtKeys[name as keyof typeof broughtKeys])
    .join(", ");

const options = (
  words: Readonly<Record<string, string>>,
): { value: string; label: string }[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
