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
};
