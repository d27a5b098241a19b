/** The start page: to the inspector, and to what one can learn. */
import { escapeHtml, GUIDES, type Handbook } from "@assay/handbook";
import type { SiteDocument } from "./document.ts";

interface Words {
  readonly language: "en" | "de";
  readonly other: readonly [path: string, name: string, language: string];
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  readonly inspector: string;
  readonly inspectorAbout: string;
  readonly download: string;
  readonly downloadAbout: string;
  readonly ways: readonly (readonly [
    mode: string,
    name: string,
    about: string,
  ])[];
  readonly frequent: string;
  readonly guides: string;
  readonly all: readonly [reasons: string, causes: string];
  readonly terminal: string;
}

/** What people come with most often. */
const FREQUENT: readonly string[] = [
  "reasons/signature.mismatch",
  "reasons/signature.key_not_found",
  "reasons/expiration.expired",
  "reasons/audience.mismatch",
  "reasons/issuer.mismatch",
  "reasons/format.not_jwt",
  "reasons/request.token_missing",
  "reasons/scope.insufficient",
  "causes/key.secret_encoding",
  "causes/kind.id_token",
  "causes/transit.header_stripped",
  "causes/oauth.pkce",
  "guides/reading-aws-errors",
];

export const START_WORDS: Readonly<Record<string, Words>> = {
  "/": {
    language: "en",
    other: ["/de", "Deutsch", "de"],
    title: "Assay: why is my token invalid?",
    question: "Why is my token invalid?",
    answer:
      "Assay says which check refused it, what really went wrong, who must act, and what to do.",
    inspector: "Open the inspector",
    inspectorAbout:
      "Paste a token, a header, a curl command or an answer. Nothing is sent: the page may connect to nothing.",
    download: "Keep the inspector as a file",
    downloadAbout: "One HTML file that works without a network.",
    ways: [
      ["tour", "Tour", "Make a token and break it in seven ways."],
      ["edit", "Edit and sign", "Change a claim, sign it, and see each step."],
      ["compare", "Compare", "Two tokens: what changed, what was lost."],
    ],
    frequent: "What people come with",
    guides: "Learn tokens",
    all: ["All reasons", "All causes"],
    terminal: "In a terminal:",
  },
  "/de": {
    language: "de",
    other: ["/", "English", "en"],
    title: "Assay: Warum ist mein Token ungültig?",
    question: "Warum ist mein Token ungültig?",
    answer:
      "Assay sagt, welche Prüfung es abgelehnt hat, was wirklich schiefging, wer handeln muss und was zu tun ist.",
    inspector: "Inspektor öffnen",
    inspectorAbout:
      "Ein Token, eine Kopfzeile, einen curl-Befehl oder eine Antwort einfügen. Nichts wird gesendet: Die Seite darf sich mit nichts verbinden.",
    download: "Den Inspektor als Datei behalten",
    downloadAbout: "Eine HTML-Datei, die ohne Netz arbeitet.",
    ways: [
      [
        "tour",
        "Rundgang",
        "Ein Token herstellen und auf sieben Arten kaputt machen.",
      ],
      [
        "edit",
        "Ändern und signieren",
        "Einen Claim ändern, signieren und jeden Schritt sehen.",
      ],
      [
        "compare",
        "Vergleichen",
        "Zwei Token: was sich änderte, was verloren ging.",
      ],
    ],
    frequent: "Womit man kommt (englisch)",
    guides: "Token verstehen (englisch)",
    all: ["Alle Gründe", "Alle Ursachen"],
    terminal: "Im Terminal:",
  },
};

export function startDocument(words: Words, handbook: Handbook): SiteDocument {
  const [path, name, language] = words.other;
  const link = (address: string): string =>
    `<li><a href="/${address}" lang="en">${escapeHtml(handbook.page(address)?.title ?? address)}</a></li>`;
  const body = `
<section class="start">
<h1>${words.question}</h1>
<p class="lead">${words.answer}</p>
<p><a class="go" href="/inspector">${words.inspector}</a></p>
<p class="quiet">${words.inspectorAbout}</p>
<p class="quiet">${words.terminal} <code>npx --no-install assay why TOKEN</code></p>
</section>
<ul class="ways">
${words.ways.map(([mode, title, about]) => `<li><a href="/inspector#/${mode}">${title}</a><br />${about}</li>`).join("\n")}
<li><a href="/inspector.html" download="assay-inspector.html">${words.download}</a><br />${words.downloadAbout}</li>
</ul>
<div class="columns">
<section>
<h2>${words.frequent}</h2>
<ul class="links">${FREQUENT.map(link).join("")}</ul>
<p class="small"><a href="/reasons">${words.all[0]}</a> · <a href="/causes">${words.all[1]}</a></p>
</section>
<section>
<h2>${words.guides}</h2>
<ul class="links">${GUIDES.map((guide) => link(`guides/${guide}`)).join("")}</ul>
</section>
</div>
<p class="small"><a href="${path}" hreflang="${language}" lang="${language}">${name}</a></p>`;
  return {
    title: words.title,
    description: words.answer,
    language: words.language,
    place: null,
    body,
  };
}
