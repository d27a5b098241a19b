import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { SecretEncoding } from "@assay/diagnosis";
import type { Demanded, Expectations } from "./expectations.ts";
import type { Supposition, Suppositions } from "./guesses.ts";

interface Props {
  readonly form: Expectations;
  readonly onChange: (form: Expectations) => void;
  readonly demanded: Demanded;
  readonly supposed: Suppositions;
}

const KINDS: Readonly<Record<string, string>> = {
  access_token: "an access token",
  id_token: "an ID token",
  client_assertion: "a client assertion",
  any: "any kind",
};

const KEY_FORMS = [
  { value: "", label: "as they look" },
  { value: "keys", label: "a JWK Set" },
  { value: "publicKey", label: "a public key" },
  { value: "secret", label: "a shared secret" },
];

const ENCODINGS = [
  { value: "utf8", label: "as it stands (utf8)" },
  { value: "base64", label: "decoded from base64" },
  { value: "base64url", label: "decoded from base64url" },
  { value: "hex", label: "decoded from hex" },
];

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
  const { keys, problems } = demanded;
  const due =
    supposed.kind?.from === "inquiry" ? supposed.kind.value : "access_token";
  const text = (
    name: "issuer" | "audience" | "scopes" | "algorithms" | "tolerance",
    label: string,
    empty = "not asked",
  ) => (
    <div>
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
        what={label.toLowerCase()}
        supposed={form[name] === "" ? supposed[name] : undefined}
        onTake={(value) => set({ [name]: value })}
      />
    </div>
  );

  return (
    <div className="expectations">
      <Textarea
        className="wide"
        label="Keys"
        description="What the API verifies with: a JWK Set, a PEM, or the shared secret as its configuration has it."
        placeholder={
          supposed.keys &&
          `What you pasted brings ${supposed.keys.value}. What is written here goes before it.`
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
          label="Take the keys for"
          data={KEY_FORMS}
          value={form.keysAre}
          description={keys.words ? `taken for ${keys.words}` : null}
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
          label="The API uses the secret"
          data={ENCODINGS}
          value={form.secretEncoding}
          onChange={(event) =>
            set({ secretEncoding: event.currentTarget.value as SecretEncoding })
          }
          size="xs"
        />
      )}
      {text("issuer", "Issuer")}
      {text("audience", "Audience")}
      {text("scopes", "Scopes")}
      <div>
        <NativeSelect
          rightSectionProps={DECORATION}
          label="Kind"
          data={[
            { value: "", label: `${KINDS[due] ?? due}, as usual` },
            ...Object.entries(KINDS).map(([value, label]) => ({
              value,
              label,
            })),
          ]}
          value={form.kind}
          onChange={(event) =>
            set({ kind: event.currentTarget.value as Expectations["kind"] })
          }
          size="xs"
        />
        <Supposed
          what="kind"
          supposed={form.kind === "" ? supposed.kind : undefined}
          words={KINDS[supposed.kind?.value ?? ""]}
          onTake={(kind) => set({ kind: kind as Expectations["kind"] })}
        />
      </div>
      {text("algorithms", "Algorithms", "those of the keys")}
      {text("tolerance", "Clock tolerance in seconds", "0")}
      <TextInput
        label="Judge at"
        description={form.now === "" ? "empty: now" : null}
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
  if (!supposed) return null;
  if (supposed.from === "inquiry")
    return <p className="supposed">from what you pasted, checked</p>;
  return (
    <p className="supposed">
      {words ? `guess: ${words}` : "guess, not checked"}
      {" · "}
      <button
        type="button"
        className="word-button"
        aria-label={`Check it: ${what}`}
        onClick={() => onTake(supposed.value)}
      >
        Check it
      </button>
    </p>
  );
}
