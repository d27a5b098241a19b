import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useTexts } from "./language/language-context.tsx";

/** Light or dark. Until somebody chooses, the system's choice counts. */
export function ThemeSwitch() {
  // To halt transitions it would write a style element, which the page's policy forbids.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const other = useComputedColorScheme() === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      className="word-button small"
      onClick={() => setColorScheme(other)}
    >
      {useTexts().theme[other]}
    </button>
  );
}
