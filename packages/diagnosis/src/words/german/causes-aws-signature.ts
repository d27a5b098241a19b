import { tell, type Family } from "../cause-words.ts";
import { names, quoted } from "./lists.ts";

type OfSignature =
  | "aws.region"
  | "aws.service"
  | "aws.host_rewritten"
  | "aws.header_altered"
  | "aws.path_encoding"
  | "aws.payload_mismatch"
  | "aws.secret_wrong";

/** Words for the causes of requests to AWS that concern what was signed. */
export const AWS_SIGNATURES: Pick<Family<"aws">, OfSignature> = {
  "aws.region": ({ found, expected, host, missing }) =>
    tell(
      missing
        ? "Es ist keine Region gesetzt, für die signiert werden soll."
        : "Die Anfrage wurde für eine andere Region signiert.",
      [
        missing
          ? "das Werkzeug sagt, dass es keine Region kennt, und sendet nichts"
          : found === null
            ? "die Antwort sagt, dass die Region nicht die richtige ist"
            : `die Anfrage ist für ${quoted(found)} signiert`,
        expected !== null && `der Endpunkt gehört zu ${quoted(expected)}`,
        host !== null && `der Host ist ${quoted(host)}`,
      ],
      missing
        ? "AWS_REGION setzen, oder region im Profil, oder die Region dem Client übergeben. JavaScript und Java lesen AWS_DEFAULT_REGION nicht, AWS CLI und boto3 lesen sie."
        : expected === null
          ? "Für die Region des aufgerufenen Endpunkts signieren: sie vom Host ableiten, nicht davon, wo das Programm läuft."
          : `Für ${quoted(expected)} signieren oder den Endpunkt der Region aufrufen, für die signiert wird.`,
    ),
  "aws.service": ({ found, expected, host }) =>
    tell(
      "Die Anfrage wurde für einen anderen Dienst signiert.",
      [
        found === null
          ? "die Antwort sagt, dass der Dienst nicht der richtige ist"
          : `der Credential Scope nennt ${quoted(found)}`,
        expected !== null && `der Endpunkt ist ${quoted(expected)}`,
        host !== null && `der Host ist ${quoted(host)}`,
      ],
      expected === null
        ? "Mit dem Signaturnamen des Dienstes signieren. Er ist oft ein anderer als das erste Wort des Hosts."
        : `Mit dem Namen ${quoted(expected)} signieren.`,
    ),
  "aws.host_rewritten": ({ signed, found }, confidence) =>
    tell(
      "Etwas auf dem Weg hat den Host nach dem Signieren geändert.",
      [
        signed === null || found === null
          ? "der Host in der Anfrage ist vielleicht nicht der signierte"
          : `signiert wurde ${quoted(signed)}, gefunden ${quoted(found)}`,
        confidence === "certain" &&
          "mit dem signierten Host stimmt die Signatur",
      ],
      "Den Proxy den Host weitergeben lassen, wie er kam: in nginx proxy_set_header Host $http_host, in Apache ProxyPreserveHost On.",
    ),
  "aws.header_altered": ({ header, how, traces }, confidence) =>
    tell(
      how === "not_signed"
        ? "Ein Header wurde gesendet, der nicht signiert war."
        : how === "form_field"
          ? "Ein Feld des Upload-Formulars ist nicht, wie seine Policy es verlangt."
          : "Ein signierter Header wurde unterwegs geändert.",
      [
        header === null
          ? "ein signierter Header wurde vielleicht geändert"
          : how === "form_field"
            ? `es geht um das Feld ${quoted(header)}`
            : `es geht um den Header ${quoted(header)}`,
        confidence === "certain" &&
          how !== "form_field" &&
          "die Signatur stimmt, wenn er ist, wie er signiert wurde",
        traces.length > 0 && `Spuren eines Proxys: ${names(traces)}`,
      ],
      how === "not_signed"
        ? "Alle Header x-amz vor dem Signieren setzen und bei einem vorsignierten Upload genau die signierten senden."
        : how === "form_field"
          ? "Genau die Felder senden, die die Policy nennt, mit den erlaubten Werten und vor der Datei. Wo ein Feld verschieden sein darf, in der Policy starts-with verwenden."
          : "Wenige Header signieren: host, content-type und die, die mit x-amz- beginnen. Den Proxy unverändert weitergeben lassen, was signiert ist.",
    ),
  "aws.path_encoding": ({ part }, confidence) =>
    tell(
      part === "path"
        ? "Der Pfad wurde anders codiert, als er signiert wurde."
        : "Die Query wurde anders codiert, als sie signiert wurde.",
      [
        confidence === "certain"
          ? "mit einer anderen Schreibweise stimmt die Signatur"
          : "darin stehen Zeichen, die sich auf mehrere Arten schreiben lassen",
      ],
      "Den Signierer des SDK verwenden und ihm den Dienst nennen: S3 codiert den Pfad einmal, alle anderen zweimal. Genau den signierten Text senden.",
    ),
  "aws.payload_mismatch": ({ how, chunk }) =>
    tell(
      "Der Body ist nicht der, der signiert wurde.",
      [
        {
          other: "der signierte Hash ist nicht der des Bodys",
          empty_signed:
            "signiert wurde der Hash eines leeren Bodys, und gesendet wurde ein Body",
          service_says: "der Dienst hat einen anderen Hash des Bodys berechnet",
          chunk: `die Signatur von Chunk ${chunk ?? 1} ist nicht die seines Inhalts`,
          trailer:
            "die Chunks sind, wie sie signiert wurden, der Trailer dahinter ist es nicht",
          not_chunked:
            "dem Header nach kommt der Body in signierten Chunks, und er ist nicht so gebaut",
          cut: "der Body endet vor seinem letzten Chunk",
        }[how],
      ],
      "Den Body als Bytes fertigstellen, dann Hash und Signatur bilden, dann genau diese Bytes senden. Variablen, Kompression und Serialisierung kommen vorher.",
    ),
  "aws.secret_wrong": ({ keyId, tried, sameText, verifiedBy }) =>
    tell(
      "Das Geheimnis gehört nicht zur Schlüssel-ID.",
      [
        keyId !== null && `die Schlüssel-ID ist ${quoted(keyId)}`,
        verifiedBy === "other_profile"
          ? "mit dem Geheimnis eines anderen Schlüssels stimmt die Signatur"
          : verifiedBy === "key_id"
            ? "mit der Schlüssel-ID anstelle des Geheimnisses stimmt die Signatur"
            : tried
              ? "mit dem bekannten Geheimnis stimmt die Signatur nicht, und keine einzelne Änderung erklärt es"
              : "der Dienst hat eine andere Signatur berechnet, und nichts anderes erklärt es",
        sameText &&
          "der Text, den der Dienst signiert hat, ist der Text dieser Anfrage",
      ],
      "Schlüssel-ID und Geheimnis beide neu setzen, aus ein und demselben Eintrag. Gibt es keinen mehr, einen neuen Schlüssel erzeugen.",
    ),
};
