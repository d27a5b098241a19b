import { tell, type Family } from "../cause-words.ts";
import { untrusted } from "../untrusted.ts";
import { ABSENT } from "./absent-token.ts";
import { allOf, cutAnd, quoted } from "./lists.ts";
import { nameOrPhrase, phrase, quotedUnlessOurs } from "./phrases.ts";
import { counted, figure } from "./time.ts";

const AROUND = {
  before: "vor dem Token",
  after: "nach dem Token",
  both: "vor und nach dem Token",
};

/** Words for the causes of the family token. */
export const TOKEN: Family<"token"> = {
  "token.absent": ({ how }) => {
    const [evidence, fix] = ABSENT[how];
    return tell(
      how === "not_signed"
        ? "Die Anfrage wurde gar nicht signiert."
        : how === "no_credentials"
          ? "Es gab nichts, womit die Anfrage signiert werden konnte."
          : "Das Token wurde gar nicht mitgegeben.",
      [evidence],
      fix,
    );
  },
  "token.placeholder": ({ literal, kind }) =>
    tell(
      "Wo das Token stehen sollte, steht ein Platzhalter.",
      [`das Token ist wörtlich ${quoted(literal)}: ${phrase(kind)}`],
      "Das echte Token an diese Stelle setzen. Prüfen, ob die Variable einen Wert hat, wenn die Anfrage gebaut wird.",
    ),
  "token.scheme_repeated": ({ where, scheme }) =>
    tell(
      "Das Wort für das Schema steht doppelt da.",
      [
        where === "header"
          ? `der Header nennt ${quoted(scheme)} zweimal vor dem Token`
          : `das Token selbst beginnt mit ${quoted(scheme)}`,
      ],
      `${quoted(scheme)} nur an einer Stelle hinzufügen: Viele Bibliotheken setzen es schon selbst vor das übergebene Token.`,
    ),
  "token.scheme_missing": ({ found, expected }) =>
    tell(
      "Das Schema vor dem Token fehlt oder ist ein anderes Wort.",
      [
        found === null
          ? "das Token steht ohne Schema im Header"
          : `der Header beginnt mit ${quoted(found)}, erwartet: ${quoted(expected)}`,
      ],
      `Den Header so senden: „Authorization: ${untrusted(expected)} “ und danach das Token.`,
    ),
  "token.quoted": ({ marks }, confidence) =>
    tell(
      "Mit dem Token wurden Zeichen einer anderen Syntax gesendet.",
      [
        confidence === "certain"
          ? `ohne diese Zeichen ist das Token intakt: ${phrase(marks)}`
          : `um das Token oder darin: ${phrase(marks)}`,
      ],
      "Den Wert selbst nehmen, nicht seine Schreibweise in JSON oder in der Shell: parsen oder roh ausgeben (jq -r).",
    ),
  "token.whitespace": ({ where, characters }, confidence) =>
    tell(
      "Um das Token herum stehen Leerraum oder unsichtbare Zeichen.",
      [
        `${AROUND[where]}: ${cutAnd(characters.map(phrase))}`,
        confidence === "certain" && "ohne das ist das Token intakt",
      ],
      "Das Token beim Einlesen trimmen. Eine Datei oder die Ausgabe eines Befehls endet meist mit einem Zeilenende.",
    ),
  "token.line_wrapped": ({ breaks, character }, confidence) =>
    tell(
      "Das Token wurde in Zeilen umbrochen.",
      [
        `im Token: ${counted(breaks, "Umbruch", "Umbrüche")} (${phrase(character)})`,
        confidence === "certain" && "zusammengefügt ist das Token intakt",
      ],
      "Das Token in einer Zeile senden. Den Umbruch dort abschalten, wo es kodiert oder ausgegeben wird (base64 -w0).",
    ),
  "token.truncated": ({ segments, length, missing, where }) =>
    tell(
      {
        start: "Der Anfang des Tokens ist abgeschnitten.",
        inside: "Ein Teil des Tokens ist ausgelassen.",
        end: "Das Ende des Tokens ist abgeschnitten.",
      }[where],
      [
        `angekommen: ${counted(length, "Zeichen", "Zeichen")} in ${counted(segments, "Teil", "Teilen")}`,
        `nicht angekommen: ${phrase(missing)}`,
      ],
      {
        start:
          "Das Token vom allerersten Zeichen an kopieren: Fast jedes beginnt mit eyJ.",
        inside:
          "Das Token dort holen, wo es erzeugt oder gesendet wurde. Logs und Bildschirme kürzen, was sie zeigen.",
        end: "Das ganze Token kopieren oder speichern. Prüfen, wo auf dem Weg eine Spalte, ein Cookie oder ein Header eine Längengrenze hat.",
      }[where],
    ),
  "token.concatenated": ({ what, where }, confidence) =>
    tell(
      "An einem intakten Token hängt noch etwas anderes.",
      [
        `${AROUND[where]}: ${phrase(what)}`,
        confidence === "certain" && "ohne das ist das Token intakt",
      ],
      "Nur das Token senden. Prüfen, wie der Wert zerlegt oder zusammengesetzt wird, bevor er gesendet wird.",
    ),
  "token.percent_encoded": ({ times }, confidence) =>
    tell(
      "Das Token ist noch prozentkodiert.",
      [
        confidence === "certain"
          ? `${often(times)} dekodiert ist das Token intakt`
          : `es sieht ${often(times)} prozentkodiert aus`,
      ],
      "Den Wert einmal dekodieren, wenn er aus einer URL oder einem Formular kommt. Headerwerte gar nicht kodieren.",
    ),
  "token.base64_not_url": ({ what }, confidence) =>
    tell(
      "Das Token ist in gewöhnlichem base64 geschrieben, nicht in base64url.",
      [
        what.includes("alphabet") &&
          "„+“ oder „/“ steht darin, wo base64url „-“ und „_“ hat",
        what.includes("padding") &&
          "„=“ steht am Ende eines Teils, wo base64url in einem Token kein Padding hat",
        confidence === "certain" &&
          "in base64url umgeschrieben ist das Token intakt",
      ],
      "Jeden Teil in base64url ohne Padding kodieren (RFC 7515 Abschnitt 2), am besten mit einer JWT-Bibliothek.",
    ),
  "token.double_encoded": ({ by }, confidence) =>
    tell(
      "Das ganze Token wurde noch einmal kodiert.",
      [
        confidence === "certain"
          ? `macht man dies rückgängig, ist das Token intakt: ${phrase(by)}`
          : `es sieht als Ganzes kodiert aus: ${phrase(by)}`,
      ],
      "Das Token so senden, wie es ankam. Es ist schon Text und braucht keine weitere Kodierung.",
    ),
  "token.json_instead": ({ member }) =>
    tell(
      "Statt des Tokens wurde ein ganzes JSON-Dokument gesendet.",
      [
        member === null
          ? "der Wert ist ein JSON-Dokument"
          : `der Wert ist ein JSON-Dokument; das Token steht im Feld ${quoted(member)}`,
      ],
      member === null
        ? "Die Antwort parsen und das Token daraus senden."
        : `Das JSON parsen und nur den Wert von ${quoted(member)} senden.`,
    ),
  "token.error_instead": ({ error }) =>
    tell(
      "Ein Fehler wurde gespeichert und gesendet, als wäre er das Token.",
      [
        error === null
          ? "der Wert ist eine Fehlerseite oder eine Fehlerantwort"
          : `der Wert ist eine Fehlerantwort: ${quotedUnlessOurs(error)}`,
      ],
      "Den Status der Antwort prüfen, bevor daraus ein Token genommen wird, und diesen ersten Fehler beheben.",
    ),
  "token.key_instead": ({ name }) =>
    tell(
      "Statt eines Tokens wurde ein Schlüssel oder ein Geheimnis gesendet.",
      [`der Wert sieht aus wie: ${phrase(name)}`],
      "Mit dem Schlüssel ein Token holen und das Token senden. Ging der Schlüssel an einen Server, der ihn nicht haben darf, ihn ersetzen.",
    ),
  "token.opaque": ({ name }) =>
    tell(
      "Das Token ist eine Referenz, die nur ihr Aussteller lesen kann.",
      [`der Wert sieht aus wie: ${phrase(name)}`],
      "Den Introspection-Endpunkt des Ausstellers (RFC 7662) danach fragen oder den Aussteller für diese API JWTs ausstellen lassen.",
    ),
  "token.encrypted": ({ alg, enc, hadKeys }) => {
    const declared = [alg, enc].filter((name) => name !== null);
    return tell(
      "Das Token ist verschlüsselt, und der Verifier kann es nicht öffnen.",
      [
        `der Header nennt ${declared.length === 0 ? "keinen Algorithmus" : allOf(declared)}, und das Token hat die Form eines JWE`,
        hadKeys
          ? "keiner der Schlüssel zum Entschlüsseln öffnet es"
          : "der Verifier hat keinen Schlüssel zum Entschlüsseln",
      ],
      hadKeys
        ? "Dem Verifier den privaten Schlüssel geben, für den der Aussteller verschlüsselt, oder ein Token anfordern, das für diese API bestimmt ist."
        : alg === "dir"
          ? "Diese API nennen, wenn das Token angefordert wird (audience oder resource): Sonst geben manche Aussteller ein Token, das nur sie öffnen können. Haben beide Seiten einen gemeinsamen Schlüssel dafür, ihn dem Verifier geben."
          : "Dem Verifier den Schlüssel zum Entschlüsseln geben oder den Aussteller signierte Token ohne Verschlüsselung senden lassen.",
    );
  },
  "token.malformed": ({ part, problem, member }) =>
    tell(
      "Wer das Token erzeugt hat, hat die Regeln seiner Form verletzt.",
      [
        `${phrase(part)}: ${phrase(problem)}${member === null ? "" : ` (${quoted(member)})`}`,
      ],
      "Das Token mit einer JWT-Bibliothek erzeugen, nicht von Hand, und es prüfen, bevor es hinausgeht.",
    ),
  "token.oversized": ({ length, largest, members, depth }) =>
    tell(
      depth === null
        ? "Das Token ist zu groß."
        : "Das Token ist zu tief verschachtelt.",
      [
        depth === null
          ? `es hat ${counted(length, "Zeichen", "Zeichen")}`
          : `es ist mindestens ${counted(depth, "Ebene", "Ebenen")} tief verschachtelt`,
        largest !== null &&
          `der größte Claim ist ${quoted(largest)}${members > 0 ? ` mit ${counted(members, "Eintrag", "Einträgen")}` : ""}`,
      ],
      depth === null
        ? "Weglassen, was die API nicht braucht: Gruppen, Rollen und Dokumente lassen sich über eine Referenz abfragen."
        : "Den Claim flach machen: nur in das Token schreiben, was die API braucht, und den Rest über eine Referenz abfragen lassen.",
    ),
  "token.altered": ({ changed, by }) =>
    tell(
      "Das Token wurde nach dem Signieren verändert.",
      [
        by === "comparison"
          ? "es unterscheidet sich vom Token, das der Client bekommen hat"
          : by === "re_encoding"
            ? "seine Teile wurden nach dem Signieren neu geschrieben"
            : "die Signatur ist mit dem richtigen Schlüssel berechnet, aber über einen anderen Text",
        changed.length > 0 && `verändert: ${cutAnd(changed.map(nameOrPhrase))}`,
      ],
      "Das Token genau so senden, wie der Aussteller es ausgestellt hat. Sollen andere Claims darin stehen, beim Aussteller ein neues anfordern.",
    ),
  "token.forged": ({ pattern, emulator }) =>
    tell(
      "Das Token trägt die Zeichen einer Fälschung.",
      [
        phrase(pattern),
        emulator !== null &&
          "auch der Auth-Emulator von Firebase erzeugt solche Token",
      ],
      emulator === null
        ? "Dem Absender nicht trauen. Ist dies ein eigener Test, ist die Ablehnung richtig; sonst klären, woher das Token kam."
        : "Kommt es vom eigenen Emulator, FIREBASE_AUTH_EMULATOR_HOST setzen, wo das Token geprüft wird, nie in der Produktion. Wenn nicht, dem Absender nicht trauen.",
    ),
};

const often = (times: number): string =>
  times === 1 ? "einmal" : times === 2 ? "zweimal" : `${figure(times)}-mal`;
