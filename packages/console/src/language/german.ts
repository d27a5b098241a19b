/** The console's words in German. Names of steps, claims, headers and codes stay as they are. */
import type { Texts } from "./english.ts";
import { CLAIMS, HEADER, ODD } from "./german-meanings.ts";
import { counted, figure } from "./german-numbers.ts";
import { TOUR } from "./german-tour.ts";

export const GERMAN_TEXTS: Texts = {
  tag: "de",
  name: "Deutsch",
  title: "Assay-Inspektor: Warum ist mein Token ungültig?",
  question: "Warum ist mein Token ungültig?",
  startPage: "Startseite",
  modes: {
    label: "Arbeitsweisen",
    inspect: "Untersuchen",
    edit: "Ändern und signieren",
    compare: "Vergleichen",
    tour: "Rundgang",
    handbook: "Handbuch",
  },
  theme: { dark: "Dunkles Design", light: "Helles Design" },
  skip: "Zur Antwort springen",

  paste: {
    label: "Was liegt vor?",
    hint: "Ein Token, eine Zeile mit Authorization, einen Befehl, der eine Anfrage sendet (curl, fetch, PowerShell), eine HTTP-Anfrage oder HTTP-Antwort, ein HAR oder einen anderen Mitschnitt, die Fehlermeldung eines Werkzeugs oder AWS-Einstellungen einfügen.",
    clear: "Leeren",
    open: "Datei öffnen",
    openFor: (label: string) => `Datei öffnen: ${label}`,
    orDrop: "oder auf dem Feld ablegen.",
    pastedText: "Eingefügter Text",
    reading: "Wird gelesen …",
    remove: "Entfernen",
    removeIt: (name: string) => `Entfernen: ${name}`,
    atMost: (size: string) => `Erwartet: höchstens ${size}.`,
    found: (what: string) => `Gefunden: ${what}.`,
    unreadable: (name: string) =>
      `${name} ist nicht lesbar. Eine Datei bitte erneut öffnen.`,
    noText: (name: string) => `${name} ist kein Text.`,
    judged: (position: number, count: number) =>
      `Beurteilt: Anfrage ${figure(position)} von ${figure(count)}`,
    unanswered: "ohne Antwort",
    failedOnes: "Bei so vielen stehen die zur Wahl, die scheiterten.",
    readAs: (form: string) => `Gelesen als ${form}.`,
    insecure:
      "Diese Seite kam über einfaches http von einem anderen Rechner; deshalb berechnet der Browser darin keine Signaturen. Die Seite als localhost oder über https öffnen, oder sie als Datei speichern und diese öffnen.",
    nothingSent:
      "Nichts wird gesendet: Alles wird in dieser Seite beurteilt, deren Content Security Policy jede Verbindung verbietet.",
    download: "Diese Seite als Datei speichern",
    forms: {
      token: "bloßes Token",
      authorization: "Header Authorization",
      curl: "curl-Befehl",
      "curl-output": "Ausgabe von curl -v",
      fetch: "Aufruf von fetch",
      powershell: "PowerShell-Befehl",
      "http-request": "HTTP-Anfrage",
      "http-response": "HTTP-Antwort",
      "http-exchange": "HTTP-Anfrage mit ihrer Antwort",
      har: "HAR",
      "postman-collection": "Postman-Collection",
      "postman-run": "Lauf einer Postman-Collection",
      "bruno-file": "Bruno-Anfrage",
      "bruno-run": "Lauf einer Bruno-Collection",
      "aws-debug": "Debug-Log eines AWS-Werkzeugs",
      "gateway-log": "Log eines Gateways",
      "tool-error": "Fehlermeldung eines Werkzeugs",
      settings: "AWS-Einstellungen",
      inquiry: "Inquiry",
    },
  },
  samples: {
    label: "Beispiele",
    choose: "Beispiel wählen …",
    accepted: "Ein gutes Token",
    expired: "Es ist abgelaufen",
    audience: "Es ist für eine andere API bestimmt",
    secret: "Das Geheimnis ist base64, und niemand hat es dekodiert",
    rotated: "Die API hat eine alte Kopie der Schlüssel",
    quoted: "Anführungszeichen kamen mit",
    truncated: "Das Ende wurde abgeschnitten",
    idToken: "Ein ID-Token, wo ein Access-Token verlangt ist",
    issuer: "Der Aussteller unterscheidet sich durch einen Schrägstrich",
    clock: "Eine Uhr geht falsch",
    scope: "Ein Scope fehlt",
    dpop: "Ein gebundenes Token ohne seinen Proof",
    forged: "Ein Angriff: alg none",
    stripped: "Ein Proxy hat den Header entfernt",
  },
  nothingYet: {
    title: "Einfügen, was vorliegt. Die Antwort kommt beim Tippen.",
    forms: [
      "ein Token, so wie es ankam: samt Schäden und Anführungszeichen",
      "die Zeile mit Authorization aus einer Anfrage",
      "ein curl-Befehl aus dem Terminal oder dem Browser",
      "eine HTTP-Anfrage, ihre Antwort oder beides",
      "ein HAR oder ein anderer Mitschnitt, als Text oder als Datei",
      "eine Inquiry als JSON, wie der Befehl „assay why“ sie annimmt",
    ],
    next: "Dann angeben, was die API erwartet, soweit es bekannt ist. Was leer bleibt, wird nicht verlangt.",
    tour: "Rundgang beginnen",
  },

  expect: {
    title: "Was erwartet die API?",
    keys: "Schlüssel",
    keysHelp:
      "Womit die API prüft: ein JWK Set, ein PEM, ein Zertifikat oder das gemeinsame Geheimnis, so wie es in ihrer Konfiguration steht.",
    keysBrought: (names: string) =>
      `Das Eingefügte bringt ${names} mit. Was hier steht, geht vor.`,
    broughtKeys: {
      keys: "Schlüssel",
      jwksUri: "eine Adresse von Schlüsseln",
      publicKey: "einen öffentlichen Schlüssel",
      secret: "ein gemeinsames Geheimnis",
    },
    takeFor: "Art der Schlüssel",
    forms: {
      "": "wonach sie aussehen",
      keys: "JWK Set",
      publicKey: "öffentlicher Schlüssel, so wie er konfiguriert ist",
      certificate: "Zertifikat",
      secret: "gemeinsames Geheimnis",
    },
    takenFor: (words: string) => `gelesen als ${words}`,
    jwkSet: (count: number) =>
      `JWK Set mit ${counted(count, "Schlüssel", "Schlüsseln")}`,
    publicKey: "öffentlicher Schlüssel",
    certificate: "Zertifikat, dessen Schlüssel verwendet wird",
    secretOf: (count: number) =>
      `gemeinsames Geheimnis mit ${figure(count)} Zeichen`,
    noJwkSet: (found: string) =>
      `Erwartet: ein JWK Set, {"keys": […]}, oder ein einzelner JWK; gefunden: ${found}.`,
    noJson: "Text, der kein JSON ist",
    otherJson: "anderes JSON",
    otherObject: "ein anderes JSON-Objekt",
    noObject: "ein Schlüssel, der kein Objekt ist",
    noCertificate:
      "Erwartet: ein Zertifikat als PEM, von BEGIN CERTIFICATE bis END CERTIFICATE; gefunden: eines, das nicht lesbar ist.",
    secretUse: "Die API verwendet das Geheimnis",
    encodings: {
      utf8: "so, wie es dasteht (utf8)",
      base64: "aus base64 dekodiert",
      base64url: "aus base64url dekodiert",
      hex: "aus hex dekodiert",
    },
    issuer: "Aussteller",
    audience: "Audience",
    scopes: "Scopes",
    kind: "Art des Tokens",
    kinds: {
      access_token: "ein Access-Token",
      id_token: "ein ID-Token",
      client_assertion: "eine Client-Assertion",
      any: "jede Art",
    },
    asUsual: (kind: string) => `${kind}, wie üblich`,
    algorithms: "Algorithmen",
    ofTheKeys: "die der Schlüssel",
    tolerance: "Toleranz der Uhr in Sekunden",
    noSeconds: "Erwartet: eine Zahl von Sekunden.",
    now: "Zeitpunkt der Prüfung",
    nowHelp: "leer: jetzt",
    notAsked: "nicht verlangt",
    brought: "aus dem Eingefügten, wird geprüft",
    guess: "vermutet, nicht geprüft",
    guessOf: (words: string) => `vermutet: ${words}`,
    check: "Prüfen",
    checkIt: (what: string) => `Prüfen: ${what}`,
  },

  answer: {
    label: "Antwort",
    notJudged: (why: string) => `Das lässt sich nicht beurteilen: ${why}.`,
    failedItself: (error: string) =>
      `die Untersuchung selbst ist gescheitert (${error})`,
    fileGone:
      "die Datei ist nicht lesbar oder hat sich geändert; sie erneut öffnen",
    noText: "die Datei ist kein Text",
    noWorker:
      "dieser Browser kann den Worker nicht starten, der die Prüfung ausführt; die Seite neu laden",
    copy: "Antwort kopieren",
    copyAs: { text: "als Text", markdown: "als Markdown", json: "als JSON" },
    copied: "Kopiert. Das Token steht nicht darin.",
    copiedJson: "Kopiert. Header und Claims stehen darin, das Token nicht.",
    notCopied:
      "Dieser Browser lässt die Seite nicht kopieren. Den Text hier markieren:",
    strip: "Die neun Schritte",
    expected: "Erwartet",
    found: "Gefunden",
    others: (count: number) =>
      count === 1
        ? "Eine weitere Ursache"
        : `${figure(count)} weitere Ursachen`,
    time: "Zeit",
    notToScale: "nicht maßstäblich",
    header: "Header",
    claims: "Claims",
    notTrusted: (title: string) => `${title}, nicht vertrauenswürdig`,
    members: (count: number) => counted(count, "Feld", "Felder"),
    columns: ["Name", "Wert", "Bedeutung"],
    copyTable: (title: string) => `${title} als JSON kopieren`,
    copiedTable: "Kopiert.",
    notShown: (count: number) =>
      count === 1
        ? "Ein weiteres wird nicht gezeigt."
        : `${figure(count)} weitere werden nicht gezeigt.`,
    characters: (count: number) => `${figure(count)} Zeichen`,
    steps: {
      request: "Trägt die Anfrage genau ein Token, an der richtigen Stelle?",
      format: "Ist es ein Token, das sich lesen lässt?",
      signature: "Hat ein Schlüssel des Ausstellers es signiert?",
      expiration: "Ist es schon gültig und noch nicht abgelaufen?",
      issuer: "Stammt es von dem Aussteller, dem die API vertraut?",
      audience: "Ist es für diese API bestimmt?",
      binding: "Hat der Absender den Schlüssel, an den das Token gebunden ist?",
      scope: "Erlaubt es, was die Anfrage braucht?",
      revocation: "Hat niemand es widerrufen?",
    },
    sides: {
      oneToken: (scheme: string) =>
        `ein Token, im Header Authorization, nach ${scheme}`,
      noRequest: "keine Anfrage ist bekannt",
      headers: (names: string) => `eine Anfrage mit den Headern ${names}`,
      noHeaders: "eine Anfrage ohne Header",
      form: (kind: string) => `${kind}, drei Teile in base64url`,
      noToken: "kein Token",
      keys: (count: number) =>
        counted(count, "bekannter Schlüssel", "bekannte Schlüssel"),
      keysAt: (address: string) => `ein Schlüssel von ${address}`,
      aSecret: "das gemeinsame Geheimnis",
      noKeys: "keine Schlüssel sind bekannt",
      unsigned: "keine lesbare Signatur",
      signedWith: (alg: string, kid: string | null) =>
        `${alg}, ${kid === null ? "kein kid" : `kid ${kid}`}`,
      within: (now: string) =>
        `schon gültig und noch nicht abgelaufen, Stand ${now}`,
      noTimes: "keine Zeiten",
      notAsked: "nicht verlangt",
      none: "keine Angabe",
      proof: {
        none: "kein Nachweis",
        dpop: "ein DPoP-Proof",
        mtls: "ein Client-Zertifikat",
      },
      boundTo: (names: string) => `gebunden durch ${names}`,
      notBound: "an keinen Schlüssel gebunden",
      history: "nichts, was es widerruft",
      named: (id: string) => `mit der ID ${id}`,
      noName: "ein Token ohne jti",
    },
  },
  meanings: { header: HEADER, claims: CLAIMS },
  odd: ODD,

  edit: {
    title: "Ändern und signieren",
    intro:
      "Einen Claim oder den Header ändern und sehen, was jeder Schritt dazu sagt. Die Schlüssel entstehen in dieser Seite und verschwinden beim Verlassen.",
    startFrom: "Ausgangspunkt",
    fromPasted: "Das eingefügte Token",
    header: "Header",
    claims: "Claims",
    noObject: "Erwartet: ein JSON-Objekt.",
    signature: "Signatur",
    ways: {
      fresh: "mit dem Schlüssel der Seite signieren",
      kept: "die alte Signatur behalten",
      other: "mit einem anderen Schlüssel signieren",
      none: "gar nicht signieren",
    },
    algorithm: "Algorithmus",
    token: "Das Token",
    copy: "Das Token kopieren",
    copied: "Kopiert.",
    expects:
      "Die API erwartet, was im Inspektor verlangt wird, und wo dort nichts verlangt wird, was das Token vor der Änderung sagte. Sie kennt den Schlüssel der Seite; eine alte Signatur prüft sie mit den Schlüsseln des Inspektors.",
    making: "Der Schlüssel entsteht.",
    failed: (why: string) => `Das Signieren ist gescheitert: ${why}`,
  },
  compare: {
    title: "Zwei Token vergleichen",
    first: "Das erste Token",
    second: "Das zweite Token",
    hint: "Ein Token einfügen.",
    intro:
      "Zwei Token einfügen: das vor dem Erneuern und das danach, oder das eigene und das einer Kollegin. Dann zeigt sich, was sich geändert hat und was verloren ging.",
    example: "Ein Beispiel zeigen",
    swap: "Tauschen",
    unreadable: "Darin sind weder Header noch Claims lesbar.",
    same: (count: number) =>
      count === 1 ? "1 Feld ist gleich" : `${figure(count)} Felder sind gleich`,
    sameToken: "Beide sind ein und dasselbe Token.",
    onlySignature:
      "Header und Claims sind gleich; die Signatur ist verschieden.",
    kinds: {
      lost: "verloren",
      added: "neu",
      changed: "geändert",
      same: "gleich",
    },
    columns: ["Name", "Was", "Erstes", "Zweites"],
    lost: (names: string) => `verloren: ${names}`,
    gained: (names: string) => `neu: ${names}`,
    later: (words: string) => `${words} später`,
    earlier: (words: string) => `${words} früher`,
    summary: "Was sich geändert hat",
    label: "Unterschiede",
  },
  tour: TOUR,
  handbook: {
    title: "Handbuch",
    search: "Das Handbuch durchsuchen",
    hint: "ein Code, eine Meldung, ein Wort",
    close: "Schließen",
    back: "Alle Seiten",
    example: "Das Beispiel untersuchen",
    see: "Siehe auch",
    asPage: "Als eigene Seite öffnen",
    reasons: "Gründe",
    causes: "Ursachen",
    guides: "Anleitungen",
    reasonOf: (step: string) =>
      `Ein Grund. Der Schritt ${step} lehnt deswegen ab.`,
    undecidedReasonOf: (step: string) =>
      `Ein Grund. Der Schritt ${step} bleibt deswegen unentschieden.`,
    causeOf: (actor: string) => `Eine Ursache. Handeln muss: ${actor}.`,
    found: (count: number) =>
      count === 0
        ? "Nichts gefunden. Einen Code oder einige Wörter der Meldung versuchen."
        : counted(count, "Seite", "Seiten"),
    noPage: "Diese Seite gibt es nicht.",
  },
};
