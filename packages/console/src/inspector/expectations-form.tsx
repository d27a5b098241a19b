import { NativeSelect, TextInput, Textarea } from "@mantine/core";
import { guess, type Expectations } from "./expectations.ts";

interface Props {
  readonly form: Expectations;
  readonly onChange: (form: Expectations) => void;
  /** What the token says: the source of the guesses. */
  readonly claims: object | null;
  readonly keysProblem: string | null;
}

const KINDS = [
  { value: "access_token", label: "an access token" },
  { value: "id_token", label: "an ID token" },
  { value: "client_assertion", label: "a client assertion" },
  { value: "any", label: "any kind" },
];
const KEY_FORMS = [
  { value: "jwks", label: "JWK Set" },
  { value: "pem", label: "PEM public key" },
  { value: "secret", label: "shared secret" },
];
const ENCODINGS = ["utf8", "base64", "base64url", "hex"];

/** What the API expects. Empty means: not asked. Guesses from the token are shown as guesses and count only when they are taken over. */
export function ExpectationsForm({ form, onChange, claims, keysProblem }: Props) {
  const set = (change: Partial<Expectations>): void => onChange({ ...form, ...change });
  return (
    <fieldset className="expectations">
      <legend>What does the API expect?</legend>
      <NativeSelect label="Kind" data={KINDS} value={form.kind} onChange={(event) => set({ kind: event.currentTarget.value as Expectations["kind"] })} />
      <Guessed label="Issuer" value={form.issuer} guessed={guess(claims, "iss")} onChange={(issuer) => set({ issuer })} />
      <Guessed label="Audience" value={form.audience} guessed={guess(claims, "aud")} onChange={(audience) => set({ audience })} />
      <Guessed label="Scopes" value={form.scopes} guessed="" onChange={(scopes) => set({ scopes })} />
      <TextInput label="Algorithms" placeholder="those of the keys" value={form.algorithms} onChange={(event) => set({ algorithms: event.currentTarget.value })} />
      <NativeSelect label="Keys as" data={KEY_FORMS} value={form.keyForm} onChange={(event) => set({ keyForm: event.currentTarget.value as Expectations["keyForm"] })} />
      {form.keyForm === "secret" && (
        <NativeSelect label="The secret is" data={ENCODINGS} value={form.secretEncoding} onChange={(event) => set({ secretEncoding: event.currentTarget.value as Expectations["secretEncoding"] })} />
      )}
      <Textarea
        className="wide"
        label="Keys"
        description="Of the issuer, as the API has them. They stay in this page."
        value={form.keys}
        error={keysProblem}
        onChange={(event) => set({ keys: event.currentTarget.value })}
        rows={4}
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput label="Clock tolerance in seconds" inputMode="numeric" placeholder="0" value={form.tolerance} onChange={(event) => set({ tolerance: event.currentTarget.value })} />
      <TextInput label="Judge at" type="datetime-local" value={form.now} onChange={(event) => set({ now: event.currentTarget.value })} />
    </fieldset>
  );
}

interface GuessedProps {
  readonly label: string;
  readonly value: string;
  readonly guessed: string;
  readonly onChange: (value: string) => void;
}

function Guessed({ label, value, guessed, onChange }: GuessedProps) {
  return (
    <div className="guessed">
      <TextInput label={label} placeholder="not asked" value={value} onChange={(event) => onChange(event.currentTarget.value)} spellCheck={false} />
      {value === "" && guessed !== "" && (
        <button type="button" className="guess" onClick={() => onChange(guessed)}>
          Guess from the token: <code>{guessed.slice(0, 80)}</code>
        </button>
      )}
    </div>
  );
}
