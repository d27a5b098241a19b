import { LANGUAGES, useLanguage } from "./language-context.tsx";

/** Names the other language in its own words. */
export function LanguageSwitch() {
  const { tag, choose } = useLanguage();
  const other = tag === "de" ? "en" : "de";
  return (
    <button
      type="button"
      className="word-button small"
      lang={other}
      onClick={() => choose(other)}
    >
      {LANGUAGES[other].texts.name}
    </button>
  );
}
