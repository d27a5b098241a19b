import { isAlgorithm } from "@assay/token";
import { tell, type Family } from "../cause-words.ts";
import { untrusted } from "../untrusted.ts";
import { anyOf, quoted } from "./lists.ts";
import { phrase, quotedUnlessOurs } from "./phrases.ts";

/** Words for the causes of the families signature and algorithm. */
export const SIGNATURE: Family<"signature"> & Family<"algorithm"> = {
  "signature.der": ({ bytes, form }, confidence) =>
    tell(
      form === "der"
        ? "Die ECDSA-Signatur steht in DER, der Form von Zertifikaten."
        : "Die beiden Zahlen der ECDSA-Signatur haben nicht ihre volle Länge.",
      [
        form === "der"
          ? `die Signatur ist eine DER-Sequenz von ${bytes} Byte`
          : `die Signatur hat ${bytes} Byte${form === "recoverable" ? ": eines zur Wiedergewinnung des Schlüssels ist angefügt" : ""}`,
        confidence === "certain" &&
          (form === "der"
            ? "sie stimmt, wenn man r und s aus der Sequenz herausnimmt"
            : "sie stimmt, wenn man r und s auf ihre volle Länge bringt"),
      ],
      "Die Zahlen r und s in voller Länge hintereinander schreiben (RFC 7518 Abschnitt 3.4); Bibliotheken nennen diese Form IEEE P1363.",
    ),
  "signature.hex": ({ text }, confidence) =>
    tell(
      "Die Signatur wurde vor dem Kodieren in Text verwandelt.",
      [
        confidence === "certain"
          ? `die Signatur stimmt, wenn man zuerst den darin stehenden ${text}-Text dekodiert`
          : `die Signatur ist ${text}-Text in base64url`,
      ],
      `Die Bytes der Signatur einmal in base64url kodieren, ohne den Umweg über ${text}.`,
    ),
  "signature.padding_scheme": ({ declared, made }, confidence) =>
    tell(
      "Die RSA-Signatur wurde mit einem anderen Padding berechnet, als der Header sagt.",
      [
        `der Header nennt ${quoted(declared)}`,
        `${confidence === "certain" ? "die Signatur stimmt als" : "die Signatur könnte sein"} ${quotedUnlessOurs(made)}`,
      ],
      isAlgorithm(made)
        ? `Mit dem Padding von ${untrusted(declared)} signieren (${padding(declared)}) oder ${quoted(made)} in den Header schreiben.`
        : `Mit dem Padding von ${untrusted(declared)} signieren (${padding(declared)}). Das verwendete Verfahren hat keinen Namen, den der Header nennen könnte.`,
    ),
  "signature.hash": ({ declared, made }, confidence) =>
    tell(
      "Die Signatur wurde mit einem anderen Hash berechnet, als der Header sagt.",
      [
        `der Header nennt ${quoted(declared)}`,
        `${confidence === "certain" ? "die Signatur stimmt als" : "die Signatur könnte berechnet sein als"} ${quotedUnlessOurs(made)}`,
      ],
      isAlgorithm(made)
        ? `Mit dem Hash von ${untrusted(declared)} signieren oder ${quoted(made)} in den Header schreiben.`
        : `Mit dem Hash von ${untrusted(declared)} signieren. Das verwendete Verfahren hat keinen Namen, den der Header nennen könnte.`,
    ),
  "signature.input": ({ input }, confidence) =>
    tell(
      "Signiert wurde etwas anderes, als gesendet wird.",
      [
        `${confidence === "certain" ? "die Signatur stimmt, wenn dies signiert wurde" : "signiert wurde vielleicht"}: ${phrase(input)}`,
      ],
      "Den Text von Header und Payload in base64url mit dem Punkt dazwischen signieren, genau so, wie er gesendet wird (RFC 7515 Abschnitt 5.1).",
    ),
  "algorithm.mismatch": ({ token, verifier }) =>
    tell(
      "Aussteller und Verifier sind auf verschiedene Algorithmen eingestellt.",
      [
        `das Token nennt ${quoted(token)}, der Verifier nimmt ${verifier.length === 0 ? "nur die asymmetrischen Algorithmen seiner Schlüssel" : anyOf(verifier)}`,
      ],
      "Sich auf einen Algorithmus festlegen und ihn auf beiden Seiten einstellen. Nie das Token allein entscheiden lassen.",
    ),
  "algorithm.name": ({ found, meant, by }) =>
    tell(
      "Der Algorithmus ist unter einem anderen Namen geschrieben.",
      [
        `${by === "token" ? "der Header" : "die Liste des Verifiers"} nennt ${quoted(found)}, gemeint ist ${quoted(meant)}`,
      ],
      `In ${by === "token" ? "den Header" : "die Liste"} ${quoted(meant)} schreiben: Namen von Algorithmen werden Buchstabe für Buchstabe verglichen.`,
    ),
};

const padding = (alg: string): string =>
  alg.startsWith("PS")
    ? "RSASSA-PSS, der Salt so lang wie der Hash: RFC 7518 Abschnitt 3.5"
    : "RSASSA-PKCS1-v1_5: RFC 7518 Abschnitt 3.3";
