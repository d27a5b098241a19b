import { LANGUAGES, useLanguage, type Tag } from "./language-context.tsx";

const TAGS = Object.keys(LANGUAGES) as Tag[];

/** Names the other language in its own words. */
export function LanguageSwitch() {
  const { tag, choose } = useLanguage();
  return TAGS.filter((other) => other !== tag).map((other) => (
    <button
      key={other}
      type="button"
      className="word-button small"
      lang={other}
      onClick={() => choose(other)}
    >
      {LANGUAGES[other].texts.name}
    </button>
  ));
}
