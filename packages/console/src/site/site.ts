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

function search(box: HTMLElement): void {
  const input = box.querySelector("input");
  const results = box.querySelector(".results");
  if (!input || !results) return;
  box.hidden = false;
  let loaded: Promise<Search> | null = null;
  const show = async (): Promise<void> => {
    const text = input.value;
    if (text.trim() === "") return results.replaceChildren();
    const find = await (loaded ??= load());
    // Only the newest text is answered.
    if (text === input.value) results.replaceChildren(listOf(find(text)));
  };
  input.addEventListener("input", () => void show());
  // The keys of a list, and the one that leaves it.
  box.addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "Escape") {
      input.value = "";
      results.replaceChildren();
      input.focus();
    } else if (event.key === "ArrowDown") links[at + 1]?.focus();
    else if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target !== document.body) return;
    event.preventDefault();
    input.focus();
  });
}

async function load(): Promise<Search> {
  const [{ openSearch }, { default: entries }] = await Promise.all([
    import("@assay/handbook/search"),
    import("virtual:handbook-search"),
  ]);
  return openSearch(entries);
}

function listOf(found: ReturnType<Search>): HTMLElement {
  if (found.length === 0) {
    const nothing = document.createElement("p");
    nothing.textContent =
      document.documentElement.lang === "de"
        ? "Nichts gefunden. Einen Code oder ein paar Wörter der Meldung versuchen."
        : "Nothing was found. Try a code, or a few words of the message.";
    return nothing;
  }
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
const box = document.querySelector<HTMLElement>("search");
if (box) search(box);
