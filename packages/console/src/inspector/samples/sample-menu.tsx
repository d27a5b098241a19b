import { NativeSelect } from "@mantine/core";
import samples from "virtual:samples";
import { useTexts } from "../../language/language-context.tsx";
import { SAMPLES } from "./sample-list.ts";

interface Props {
  /** With the sample's inquiry as text. */
  readonly onChoose: (inquiry: string) => void;
}

/** A menu that does something at once, and forgets what was chosen. */
export function SampleMenu({ onChoose }: Props) {
  const { samples: words } = useTexts();
  return (
    <NativeSelect
      className="samples"
      aria-label={words.label}
      size="xs"
      rightSectionProps={{ "aria-hidden": true }}
      value=""
      data={[
        { value: "", label: words.choose },
        ...SAMPLES.map(({ name }) => ({ value: name, label: words[name] })),
      ]}
      onChange={({ currentTarget: { value } }) => {
        const inquiry = samples[value];
        if (inquiry !== undefined) onChoose(inquiry);
      }}
    />
  );
}
