/** A document of the site: plain HTML that needs no script to be read. */
import { escapeHtml } from "@assay/handbook";

/** The addresses that the build gave to the site's files. */
export interface SiteFiles {
  readonly script: string;
  readonly style: string;
  readonly icon: string;
}

export interface SiteDocument {
  readonly title: string;
  readonly description: string;
  readonly language: "en" | "de";
  /** Which of the places in the masthead it is. */
  readonly place: Place | null;
  /** HTML. */
  readonly body: string;
}

export type Place = "reasons" | "causes" | "guides";

interface Words {
  readonly places: Readonly<Record<Place, string>>;
  readonly inspector: string;
  readonly search: string;
  readonly hint: string;
  readonly navigation: string;
}

const WORDS: Readonly<Record<"en" | "de", Words>> = {
  en: {
    places: { guides: "Guides", reasons: "Reasons", causes: "Causes" },
    inspector: "Inspector",
    search: "Search the handbook",
    hint: "a code, a message, a word",
    navigation: "Places",
  },
  de: {
    places: { guides: "Einführungen", reasons: "Gründe", causes: "Ursachen" },
    inspector: "Inspektor",
    search: "Im Handbuch suchen",
    hint: "ein Code, eine Meldung, ein Wort",
    navigation: "Orte",
  },
};

const PLACES: readonly Place[] = ["guides", "reasons", "causes"];

export function siteDocument(
  { title, description, language, place, body }: SiteDocument,
  { script, style, icon }: SiteFiles,
): string {
  const words = WORDS[language];
  const links = PLACES.map(
    (one) =>
      `<a href="/${one}"${one === place ? ' aria-current="page"' : ""}>${words.places[one]}</a>`,
  );
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="description" content="${escapeHtml(description)}" />
    <link rel="icon" href="${icon}" />
    <link rel="stylesheet" href="${style}" />
    <script type="module" src="${script}"></script>
    <title>${escapeHtml(title)}</title>
  </head>
  <body>
    <header class="masthead">
      <a class="name" href="/">Assay</a>
      <nav aria-label="${words.navigation}">
        <a href="/inspector">${words.inspector}</a>
        ${links.join("\n        ")}
      </nav>
      <search hidden>
        <input type="search" aria-label="${words.search}" placeholder="${words.search}: ${words.hint}" />
        <div class="found">
          <p class="quiet" role="status"></p>
          <div class="results"></div>
        </div>
      </search>
    </header>
    <main>
${body}
    </main>
  </body>
</html>
`;
}
