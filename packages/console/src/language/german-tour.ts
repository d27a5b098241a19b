import type { Texts } from "./english.ts";

/** The tour: a good token, then seven ways to break it. */
export const TOUR: Texts["tour"] = {
  title: "Rundgang: ein Token erzeugen und auf sieben Arten ungültig machen",
  intro:
    "Diese Seite hat soeben einen Schlüssel erzeugt und damit ein Token signiert. Jeder Schritt macht es auf eine Art ungültig, die jeden Tag vorkommt. Erst das Urteil lesen, dann die Ursache.",
  next: "Weiter",
  previous: "Zurück",
  progress: (step: number, of: number) => `Schritt ${step} von ${of}`,
  again: "Ein neues Token erzeugen",
  steps: "Die Schritte des Rundgangs",
  token: "Das Token, wie es gesendet wird",
  done: "Das war der Rundgang. Weiter geht es mit einem eigenen Token oder mit den Anleitungen.",
  toInspector: "Ein Token untersuchen",
  toGuides: "Zu den Anleitungen",
  chapters: {
    good: {
      title: "Ein gutes Token",
      text: "Drei Teile, getrennt durch zwei Punkte: Der Header sagt, wie es signiert ist, die Claims sagen, wer, für wen und bis wann, und die Signatur beweist, dass der Aussteller beides geschrieben hat. Alle neun Schritte werden hier verlangt, soweit sie zutreffen.",
      look: "Einen Schritt der Leiste öffnen. Er zeigt, was erwartet und was gefunden wurde.",
    },
    truncated: {
      title: "Das Ende abschneiden",
      text: "Die letzten Zeichen sind verloren, wie in einem zu schmalen Terminal oder in einer zu kurzen Spalte einer Datenbank. Die Signatur ist da, aber nicht ganz.",
      look: "Die Claims lassen sich noch lesen, aber ihnen ist nicht mehr zu trauen.",
    },
    altered: {
      title: "Einen Claim ändern",
      text: "Jemand öffnet die Payload, schreibt „admin“ hinein, kodiert sie wieder und behält die alte Signatur. Lesen und schreiben kann ein Token jeder. Signieren kann es nur der Aussteller.",
      look: "Ein geändertes Zeichen genügt: Die Signatur stimmt nicht mehr. Die Seite kennt das unberührte Token noch und kann deshalb zeigen, was geändert wurde.",
    },
    expired: {
      title: "Zu lange warten",
      text: "Dasselbe gute Token, eine Stunde nach seinem Ende. Falsch ist daran nur die Zeit. Einem Client, der rechtzeitig erneuert, passiert das nie.",
      look: "Auf der Zeitlinie liegt „now“ hinter exp.",
    },
    audience: {
      title: "Es an eine andere API senden",
      text: "Das Token ist gut und für jemand anderen bestimmt. Nähme jede API jedes Token, könnte die schwächste von ihnen fremde Token überall verwenden.",
      look: "Im Schritt audience stehen Erwartetes und Gefundenes nebeneinander.",
    },
    key: {
      title: "Mit einem Schlüssel signieren, den niemand veröffentlicht hat",
      text: "Der Header nennt einen Schlüssel, der nicht im Schlüsselsatz der API steht. Vielleicht hat der Aussteller einen neuen Schlüssel und die API noch den alten Satz. Vielleicht hat jemand anders signiert.",
      look: "Die Antwort sagt, was zwischen beidem entscheiden würde.",
    },
    quoted: {
      title: "Die Anführungszeichen mitsenden",
      text: "Das Token wurde aus einer JSON-Datei ausgeschnitten, und seine Anführungszeichen kamen mit. Was gesendet wird, ist kein Token mehr.",
      look: "Die Ursache ist belegt, nicht vermutet: Ohne die Anführungszeichen ist das Token in Ordnung.",
    },
    none: {
      title: "Gar nicht signieren",
      text: "Ein alter Angriff: Der Header nennt alg none, und die Signatur ist leer. Eine Bibliothek, die tut, was das Token sagt, würde jedes Wort glauben.",
      look: "Welche Algorithmen zählen, entscheidet der Verifier, nie das Token.",
    },
  },
};
