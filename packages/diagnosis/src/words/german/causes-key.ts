import { ALGORITHMS } from "@assay/token";
import type { SecretReading } from "../../causes.ts";
import { tell, type Family } from "../cause-words.ts";
import { isoMoment } from "../time.ts";
import { untrusted } from "../untrusted.ts";
import type { KEY_SET } from "./causes-key-set.ts";
import { quoted } from "./lists.ts";
import { phrase, quotedUnlessOurs } from "./phrases.ts";
import { counted, duration, figure } from "./time.ts";

const ENCODINGS: Readonly<Record<SecretReading, string>> = {
  utf8: "Text (UTF-8)",
  base64: "base64",
  base64url: "base64url",
  hex: "hex",
  utf16le: "Text in UTF-16",
  utf16be: "Text in UTF-16 (Big-Endian)",
  latin1: "Text in Latin-1",
  base64_text: "base64-Text",
  hex_text: "hex-Text",
};
const CHARSETS: readonly SecretReading[] = ["utf16le", "utf16be", "latin1"];
const TEXTS: readonly SecretReading[] = ["base64_text", "hex_text"];

/** Words for the causes of the family key: its form, its name, and whose it is. */
export const KEY: Omit<Family<"key">, keyof typeof KEY_SET> = {
  "key.secret_encoding": ({ configured, decodedFrom }, confidence) => {
    const other = ENCODINGS[decodedFrom];
    return tell(
      "Aussteller und Verifier lesen das gemeinsame Geheimnis verschieden.",
      [
        confidence !== "certain" &&
          `das Geheimnis könnte als ${other} gemeint sein, der Verifier liest es als ${ENCODINGS[configured]}`,
        confidence === "certain" &&
          `die Signatur stimmt, wenn ${readAs(decodedFrom)}`,
      ],
      decodedFrom === "utf8"
        ? `Das Geheimnis dem Verifier als Text übergeben, ohne es aus ${ENCODINGS[configured]} zu dekodieren.`
        : TEXTS.includes(decodedFrom)
          ? `Beiden Seiten dasselbe geben: die Bytes oder deren ${other} selbst als Geheimnis.`
          : CHARSETS.includes(decodedFrom)
            ? "Das Geheimnis auf beiden Seiten mit UTF-8 in Bytes wandeln, nicht mit dem Zeichensatz der Plattform."
            : `Das Geheimnis aus ${other} dekodieren, bevor es an den Verifier übergeben wird.`,
    );
  },
  "key.secret_whitespace": ({ what, side }, confidence) =>
    tell(
      "Das konfigurierte Geheimnis oder der Schlüssel hat Zeichen, die nicht dazugehören.",
      [
        confidence !== "certain"
          ? `der konfigurierte Wert enthält: ${phrase(what)}`
          : side === "verifier"
            ? `die Signatur stimmt, wenn man dies weglässt: ${phrase(what)}`
            : `die Signatur stimmt, wenn auch das Geheimnis des Ausstellers dies enthält: ${phrase(what)}`,
      ],
      "Den Wert beim Einlesen trimmen. Dateien ohne Zeilenende schreiben (printf statt echo) und in env-Dateien keine Anführungszeichen setzen.",
    ),
  "key.secret_interpolated": ({ character, form }, confidence) =>
    tell(
      "Ein Sonderzeichen des Geheimnisses wurde auf dem Weg in die Konfiguration ausgewertet.",
      [
        confidence === "certain"
          ? `die Signatur stimmt, wenn ${quoted(character)} so gelesen wird: ${phrase(form)}`
          : `im Geheimnis ging ${quoted(character)} verloren oder wurde verändert: ${phrase(form)}`,
      ],
      "Das Geheimnis in einfache Anführungszeichen setzen oder das Dollarzeichen verdoppeln, wo das Dateiformat es verlangt. Am besten aus einer Datei lesen.",
    ),
  "key.pem_damaged": ({ damage }) =>
    tell(
      "Das konfigurierte PEM ist beschädigt.",
      [`der Schaden: ${phrase(damage)}`],
      "Das PEM mit seinen Zeilenenden und ganzen BEGIN- und END-Zeilen speichern. In einer Variable jedes \\n in ein Zeilenende zurückwandeln.",
    ),
  "key.wrong_form": ({ found, expected, isPrivate }) =>
    tell(
      "Der Schlüssel ist in einer anderen Form konfiguriert, als der Verifier sie nimmt.",
      [`erwartet: ${phrase(expected)}, gefunden: ${phrase(found)}`],
      isPrivate
        ? `Nur seine öffentliche Hälfte konfigurieren: ${phrase(expected)}. Ein privater Schlüssel hat beim Verifier nichts zu suchen: Konnten andere ihn lesen, ihn ersetzen.`
        : `Den Schlüssel einmal in diese Form bringen und sie konfigurieren: ${phrase(expected)}.`,
    ),
  "key.wrong_type": ({ alg, found }) =>
    tell(
      "Der Schlüssel ist von einem anderen Typ, als der Algorithmus braucht.",
      [`${untrusted(alg)} braucht ${needed(alg)}; gefunden: ${phrase(found)}`],
      "Den Schlüssel konfigurieren, der zu diesem Algorithmus gehört, oder den Aussteller mit dem Algorithmus dieses Schlüssels signieren lassen.",
    ),
  "key.too_small": ({ bits, needed: least, what }) =>
    tell(
      what === "secret"
        ? "Das Geheimnis ist zu kurz."
        : "Der RSA-Schlüssel ist zu klein.",
      [`gefunden: ${figure(bits)} Bit, nötig: ${figure(least)}`],
      what === "secret"
        ? `Ein neues zufälliges Geheimnis von mindestens ${figure(Math.ceil(least / 8))} Byte erzeugen und auf beiden Seiten konfigurieren.`
        : `Einen neuen RSA-Schlüssel von mindestens ${figure(least)} Bit erzeugen und seinen öffentlichen Teil veröffentlichen.`,
    ),
  "key.rotated": ({ kid, copyFrom, publishedAt }, confidence) =>
    tell(
      "Die Kopie der Schlüssel des Ausstellers beim Verifier ist veraltet.",
      [
        confidence === "certain"
          ? `die Signatur stimmt mit dem Schlüssel${named(kid)} aus dem heutigen Schlüsselsatz des Ausstellers`
          : `der Kopie des Verifiers fehlt der Schlüssel${named(kid)}`,
        publishedAt !== null &&
          `er steht im Schlüsselsatz des Ausstellers seit ${isoMoment(publishedAt) ?? untrusted(publishedAt)}`,
        copyFrom !== null &&
          `die Kopie des Verifiers ist vom ${isoMoment(copyFrom) ?? untrusted(copyFrom)}`,
      ],
      "Die Schlüssel des Ausstellers neu holen, wenn ein kid unbekannt ist, aber nur in gewissen Abständen. Bis das eingebaut ist, den Verifier neu starten oder seine Kopie leeren.",
    ),
  "key.retired": ({ kid, issuedSecondsAgo }, confidence) =>
    tell(
      "Das Token ist älter als die Zeit, für die sein Schlüssel aufbewahrt wurde.",
      [
        confidence === "certain"
          ? `die Signatur stimmt mit dem Schlüssel${named(kid)}, den der Aussteller zurückgezogen hat`
          : `der Schlüssel${named(kid)} ist nicht mehr im Schlüsselsatz des Ausstellers`,
        issuedSecondsAgo !== null &&
          `das Token wurde ${duration(issuedSecondsAgo)} vor der Prüfung ausgestellt`,
      ],
      "Ein neues Token holen: Es wird mit einem heutigen Schlüssel signiert.",
    ),
  "key.id_missing": ({ candidates, where }) =>
    tell(
      where === "token"
        ? "Das Token sagt nicht, welcher Schlüssel es signiert hat."
        : "Die veröffentlichten Schlüssel haben kein kid, unter dem man sie findet.",
      [
        where === "token"
          ? "der Header hat kein kid"
          : "der Header hat ein kid, die Schlüssel des Satzes haben keines",
        candidates > 1
          ? `${figure(candidates)} Schlüssel des Satzes kommen in Frage`
          : false,
      ],
      where === "token"
        ? "Das kid des signierenden Schlüssels in den Header schreiben, so wie es im veröffentlichten Schlüsselsatz steht."
        : "Jeden Schlüssel mit seinem kid veröffentlichen, und zwar dem, das die Token nennen.",
    ),
  "key.id_form": ({ tokenKid, setKid, relation }, confidence) =>
    tell(
      "Der richtige Schlüssel ist im Schlüsselsatz, aber unter einer anderen Form seines Namens.",
      [
        `das Token nennt kid ${quoted(tokenKid)}, der Schlüsselsatz ${quoted(setKid)}: ${phrase(relation)}`,
        confidence === "certain" && "mit diesem Schlüssel stimmt die Signatur",
      ],
      "Im Header und im veröffentlichten Schlüsselsatz ein und dasselbe kid verwenden, Zeichen für Zeichen.",
    ),
  "key.id_reused": ({ kid, otherAt }, confidence) =>
    tell(
      "Dasselbe kid bezeichnet zwei verschiedene Schlüssel.",
      [
        confidence === "certain"
          ? `die Signatur stimmt mit einem anderen Schlüssel${named(kid)}; Fundort: ${quotedUnlessOurs(otherAt)}`
          : `es gibt einen anderen Schlüssel${named(kid)}; Fundort: ${quotedUnlessOurs(otherAt)}`,
      ],
      "Jedem Schlüssel ein eigenes kid geben, am besten seinen Thumbprint (RFC 7638). Alle Replikate und Umgebungen müssen veröffentlichen, womit sie signieren.",
    ),
  "key.use": ({ use }) =>
    tell(
      "Der Schlüssel ist für eine andere Verwendung als das Signieren veröffentlicht.",
      [`als Verwendung ist angegeben: ${quoted(use)}`],
      "Den Signaturschlüssel mit „use“: „sig“ veröffentlichen oder ganz ohne use. Nicht mit dem Schlüssel zum Verschlüsseln signieren.",
    ),
  "key.other_issuer": ({ issuer, sameServer }, confidence) =>
    tell(
      "Das Token wurde von einem anderen Aussteller signiert.",
      [
        `${confidence === "certain" ? "die Signatur stimmt mit einem Schlüssel von" : "der Schlüssel könnte stammen von"} ${issuer === null ? "einem anderen bekannten Aussteller" : quoted(issuer)}`,
        sameServer &&
          "es ist ein anderer Realm oder eine andere Umgebung desselben Servers",
      ],
      "Token des Ausstellers senden, dem diese API vertraut, oder den Verifier auf den Aussteller einstellen, den die Clients verwenden.",
    ),
  "key.unknown": ({ tried, sampleSecret }) =>
    tell(
      "Das Token wurde mit einem Schlüssel signiert, der hier nicht bekannt ist.",
      [
        sampleSecret
          ? "die Signatur stimmt mit einem allbekannten Geheimnis aus Beispielen: Wer signiert, verwendet eine Voreinstellung oder hat geraten"
          : tried > 0
            ? `${counted(tried, "Versuch", "Versuche")} mit bekannten Schlüsseln und ihren üblichen Fehlern: keiner passt`
            : "kein bekannter Schlüssel passt, und nichts erklärt, warum",
      ],
      sampleSecret
        ? "Klären, wer mit einem Geheimnis signiert, das jeder kennt. Ist es der eigene Aussteller, ihm ein zufälliges Geheimnis von mindestens 32 Byte geben."
        : "Schlüssel oder Geheimnis des Verifiers mit dem vergleichen, womit der Aussteller signiert; beide müssen aus derselben Quelle kommen.",
    ),
};

function readAs(reading: SecretReading): string {
  if (reading === "utf8")
    return "das Geheimnis so, wie es dasteht, als Text genommen wird";
  if (TEXTS.includes(reading))
    return `der ${ENCODINGS[reading]} seiner Bytes selbst als Geheimnis genommen wird`;
  return CHARSETS.includes(reading)
    ? `das Geheimnis als ${ENCODINGS[reading]} genommen wird`
    : `das Geheimnis zuerst aus ${ENCODINGS[reading]} dekodiert wird`;
}

const named = (kid: string | null): string =>
  kid === null ? "" : ` ${quoted(kid)}`;

function needed(alg: string): string {
  const algorithm = ALGORITHMS.get(alg);
  switch (algorithm?.kty) {
    case "RSA":
      return "einen RSA-Schlüssel";
    case "EC":
      return `einen EC-Schlüssel auf ${algorithm.crv ?? "seiner Kurve"}`;
    case "OKP":
      return algorithm.crv === undefined
        ? "einen Schlüssel auf Ed25519 oder Ed448"
        : `einen Schlüssel auf ${algorithm.crv}`;
    case "oct":
      return "ein gemeinsames Geheimnis";
    case "AKP":
      return "einen dafür erzeugten Schlüssel vom Typ AKP";
    case undefined:
      return "einen anderen Schlüssel";
  }
}
