import { NativeSelect } from "@mantine/core";
import { useTexts } from "../../language/language-context.tsx";
import type { CaptureRead } from "../worker/capture-read.ts";

interface Props {
  readonly capture: CaptureRead;
  readonly onChoose: (position: number) => void;
}

/** Which of several requests is judged, and another in its place. */
export function CaptureChoice({ capture, onChoose }: Props) {
  const { paste } = useTexts();
  const { judged, count, offered } = capture;
  return (
    <NativeSelect
      className="capture-choice"
      label={paste.judged(judged, count)}
      description={offered.length < count ? paste.failedOnes : null}
      inputWrapperOrder={["label", "input", "description", "error"]}
      size="xs"
      rightSectionProps={{ "aria-hidden": true }}
      value={String(judged)}
      data={offered.map(({ position, method, url, status }) => ({
        value: String(position),
        label: `${position} · ${status ?? paste.unanswered} · ${method} ${url}`,
      }))}
      onChange={({ currentTarget: { value } }) => onChoose(Number(value))}
    />
  );
}
