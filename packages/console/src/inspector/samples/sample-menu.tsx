import { NativeSelect } from "@mantine/core";
import samples from "virtual:samples";
import { useTexts } from "../../language/language-context.tsx";
import { SAMPLES } from "./sample-list.ts";

interface Props {
  /** The sample that is shown; "": none. */
  readonly shown: string;
  /** With the sample's inquiry as text. */
  readonly onChoose: (inquiry: string, name: string) => void;
}

/** Tokens to learn from. */
export function SampleMenu({ shown, onChoose }: Props) {
  const { samples: words } = useTexts();
  return (
    <NativeSelect
      className="samples"
      aria-label={words.label}
      size="xs"
      rightSectionProps={{ "aria-hidden": true }}
      value={shown}
      data={[
        { value: "", label: words.choose },
        ...SAMPLES.map(({ name }) => ({ value: name, label: words[name] })),
      ]}
      onChange={({ currentTarget: { value } }) => {
        const inquiry = samples[value];
        if (inquiry !== undefined) onChoose(inquiry, value);
      }}
    />
  );
}
