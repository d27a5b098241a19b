import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../language/language-context.tsx";

interface Props {
  readonly label: string;
  /** What stands in it first; another object puts itself in its place. */
  readonly first: object;
  /** Each time that the text is a JSON object. */
  readonly onChange: (value: object) => void;
  readonly rows: number;
}

/** A JSON object as text. While it is none, the last one counts, and the field says so. */
export function JsonField({ label, first, onChange, rows }: Props) {
  const { edit } = useTexts();
  const [typed, setTyped] = useState<{ of: object; text: string } | null>(null);
  const text =
    typed?.of === first ? typed.text : JSON.stringify(first, null, 2);
  return (
    <Textarea
      label={label}
      value={text}
      rows={rows}
      size="xs"
      spellCheck={false}
      autoComplete="off"
      error={readObject(text) === null && edit.noObject}
      onChange={({ currentTarget: { value } }) => {
        setTyped({ of: first, text: value });
        const object = readObject(value);
        if (object) onChange(object);
      }}
    />
  );
}

function readObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value
      : null;
  } catch {
    return null;
  }
}
