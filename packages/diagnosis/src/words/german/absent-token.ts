import type { Facts } from "../../causes.ts";

const EMPTY =
  "Die Variable prüfen, die das Token hält: Sie hatte keinen Wert, als die Anfrage entstand. Protokollieren, ob sie gesetzt ist, nie ihren Inhalt.";

/** How a token is missing: what was seen, and what to do. */
export const ABSENT: Readonly<
  Record<Facts["token.absent"]["how"], readonly [evidence: string, fix: string]>
> = {
  header_missing: [
    "die Anfrage hat keinen Header Authorization",
    "Jeder Anfrage den Header „Authorization: Bearer “ und danach das Token mitgeben, auch denen, die eine Bibliothek wiederholt.",
  ],
  header_empty: ["der Header Authorization hat keinen Wert", EMPTY],
  scheme_only: ["nach dem Schema steht im Header Authorization nichts", EMPTY],
  header_without_colon: [
    "die Headerzeile hat keinen Doppelpunkt und ist darum kein Header",
    "Den Header mit einem Doppelpunkt nach dem Namen schreiben: „Authorization: Bearer “ und danach das Token.",
  ],
  empty: ["das Token ist leer", EMPTY],
  answer_says_so: [
    "der Server antwortet, dass er kein Token bekommen hat",
    "Im Protokoll des Clients prüfen, ob der Header mit der Anfrage hinausgeht. Wenn ja, nach dem suchen, was ihn unterwegs entfernt.",
  ],
  not_signed: [
    "die Anfrage hat keine Signatur der Version 4, weder in Authorization noch in der URL",
    "Die Anfrage signieren: durch ein SDK aufrufen, mit curl --aws-sigv4 oder mit einem Client, der auf „AWS Signature“ gestellt ist. Ein Bearer-Token ersetzt keine Signatur.",
  ],
  no_credentials: [
    "das Werkzeug hat keine Zugangsdaten zum Signieren gefunden",
    "Ihm welche geben: Menschen mit aws sso login oder aws configure, Programmen eine Rolle. Bei einer Rolle prüfen, ob sie zugewiesen ist und ob der Container die Adresse ihrer Zugangsdaten erreicht.",
  ],
};
