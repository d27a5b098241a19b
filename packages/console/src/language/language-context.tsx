import { ENGLISH, type Language } from "@assay/diagnosis";
import { GERMAN } from "@assay/diagnosis/german";
import {
  createContext,
  use,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { ENGLISH_TEXTS, type Texts } from "./english.ts";
import { GERMAN_TEXTS } from "./german.ts";

/** A language of the console: its own words, and those of a diagnosis. */
export interface Spoken {
  readonly texts: Texts;
  readonly diagnosis: Language;
}

export type Tag = "en" | "de";

export const LANGUAGES: Readonly<Record<Tag, Spoken>> = {
  en: { texts: ENGLISH_TEXTS, diagnosis: ENGLISH },
  de: { texts: GERMAN_TEXTS, diagnosis: GERMAN },
};

interface Choice extends Spoken {
  readonly tag: Tag;
  readonly choose: (tag: Tag) => void;
}

const Chosen = createContext<Choice>({
  ...LANGUAGES.en,
  tag: "en",
  choose: () => {},
});

const KEPT = "assay-language";

/** The language that somebody chose, else the browser's, else English. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [tag, setTag] = useState(firstTag);
  const choice = useMemo(
    () => ({
      ...LANGUAGES[tag],
      tag,
      choose(chosen: Tag) {
        keep(chosen);
        setTag(chosen);
      },
    }),
    [tag],
  );
  useEffect(() => {
    document.documentElement.lang = tag;
    document.title = choice.texts.title;
  }, [tag, choice]);
  return <Chosen value={choice}>{children}</Chosen>;
}

export const useLanguage = (): Choice => use(Chosen);
export const useTexts = (): Texts => use(Chosen).texts;

function firstTag(): Tag {
  return kept() ?? (navigator.language.startsWith("de") ? "de" : "en");
}

/** Where nothing may be stored (a file, a private window), the choice lasts as long as the page. */
function kept(): Tag | null {
  try {
    const tag = localStorage.getItem(KEPT);
    return tag === "en" || tag === "de" ? tag : null;
  } catch {
    return null;
  }
}

function keep(tag: Tag): void {
  try {
    localStorage.setItem(KEPT, tag);
  } catch {
    // The page speaks the language all the same.
  }
}
