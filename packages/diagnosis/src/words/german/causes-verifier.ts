import { tell, type Family } from "../cause-words.ts";
import { phrase } from "./phrases.ts";

/** Words for the causes of the family verifier. */
export const VERIFIER: Family<"verifier"> = {
  "verifier.too_strict": ({ what }) =>
    tell(
      "Der Verifier lehnt ab, was die Standards erlauben.",
      [`abgelehnt, aber erlaubt: ${phrase(what)}`],
      "Diese eine Prüfung im Verifier lockern oder seine Bibliothek aktualisieren. Das Token ist so, wie die Standards es wollen.",
    ),
  "verifier.unsupported": ({ what }) =>
    tell(
      "Die Plattform des Verifiers kann nicht, was das Token braucht.",
      [`nicht unterstützt: ${phrase(what)}`],
      "Die Plattform oder ihre Bibliothek aktualisieren oder den Aussteller mit einem Algorithmus signieren lassen, den beide Seiten kennen (ES256, RS256).",
    ),
  "verifier.not_configured": ({ setting }) =>
    tell(
      "Dem Verifier fehlt eine Einstellung, oder die gemeinte ist nicht in Kraft.",
      [`die Einstellung: ${phrase(setting)}`],
      "Sie setzen und den Verifier neu starten. Prüfen, ob der Name der Einstellung der ist, den diese Version liest.",
    ),
};
