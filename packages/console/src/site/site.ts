/** What the site's documents do with a script: keep the chosen theme, and search. Without it they can be read all the same. */
import "../colours.css";
import "../base.css";
import "../masthead.css";
import "./site.css";
import type { Search } from "@assay/handbook/search";

/** The inspector keeps the choice under this name. */
const THEME = "mantine-color-scheme-value";

function keepTheme(): void {
  try {
    const theme = localStorage.getItem(THEME);
    if (theme === "light" || theme === "dark")
      document.documentElement.dataset["mantineColorScheme"] = theme;
  } catch {
    // Where nothing may be stored, the system's choice counts.
  }
}

/** The inspector keeps the language that somebody chose under this name. */
const LANGUAGE = "assay-language";

/** Whoever reads the German start page, or goes from there to the English one, has chosen. */
function keepLanguage(): void {
  const keep = (language: string): void => {
    try {
      localStorage.setItem(LANGUAGE, language);
    } catch {
      // Where nothing may be stored, the browser's language counts.
    }
  };
  if (document.documentElement.lang === "de") keep("de");
  for (const link of document.querySelectorAll<HTMLAnchorElement>(
    "a[hreflang]",
  ))
    link.addEventListener("click", () => keep(link.hreflang));
}

function search(box: HTMLElement): void {
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const results = box.querySelector(".results");
  if (!input || !status || !results) return;
  box.hidden = false;
  const german = document.documentElement.lang === "de";
  let loading: Promise<Search> | null = null;
  const show = (words: string, found: ReturnType<Search> = []): void => {
    status.textContent = words;
    results.replaceChildren(...(found.length === 0 ? [] : [listOf(found)]));
  };
  const answer = async (): Promise<void> => {
    const text = input.value;
    if (text.trim() === "") return show("");
    try {
      const find = await (loading ??= load());
      // Only the newest text is answered.
      if (text !== input.value) return undefined;
      const found = find(text);
      return show(counted(found.length, german), found);
    } catch {
      loading = null;
      return show(
        german
          ? "Die Suche ließ sich nicht laden. Noch einmal tippen."
          : "The search could not be loaded. Type once more.",
      );
    }
  };
  input.addEventListener("input", () => void answer());
  box.addEventListener("focusin", () => {
    if (results.childElementCount === 0) void answer();
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && box.contains(relatedTarget)))
      show("");
  });
  // The keys of a list, and the one that leaves it.
  box.addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "Escape") {
      input.value = "";
      input.focus();
      show("");
    } else if (event.key === "ArrowDown") links[at + 1]?.focus();
    else if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });
}

function counted(count: number, german: boolean): string {
  if (count === 0)
    return german
      ? "Nichts gefunden. Einen Code oder ein paar Wörter der Meldung versuchen."
      : "Nothing was found. Try a code, or a few words of the message.";
  if (german) return count === 1 ? "1 Seite" : `${count} Seiten`;
  return count === 1 ? "1 page" : `${count} pages`;
}

async function load(): Promise<Search> {
  const [{ openSearch }, { default: entries }] = await Promise.all([
    import("@assay/handbook/search"),
    import("virtual:handbook-search"),
  ]);
  return openSearch(entries);
}

function listOf(found: ReturnType<Search>): HTMLElement {
  const list = document.createElement("ul");
  list.className = "links";
  list.lang = "en";
  for (const { address, name, title } of found) {
    const link = document.createElement("a");
    link.href = `/${address}`;
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    if (!address.startsWith("guides/")) {
      const code = document.createElement("code");
      code.className = "quiet";
      code.textContent = name;
      item.append(" ", code);
    }
    list.append(item);
  }
  return list;
}

keepTheme();
keepLanguage();
const box = document.querySelector<HTMLElement>("search");
if (box) search(box);
