import type { Facts } from "../../causes.ts";
import { tell, type Family } from "../cause-words.ts";
import { phrase } from "./phrases.ts";

/** What to do about the part that the verifier cannot do. */
const SUPPORT: Readonly<Record<Facts["verifier.unsupported"]["part"], string>> =
  {
    algorithm:
      "Die Plattform oder ihre Bibliothek aktualisieren oder den Aussteller mit einem Algorithmus signieren lassen, den beide Seiten kennen (ES256, RS256).",
    proof_algorithm:
      "Den Client seine Proofs mit einem Algorithmus signieren lassen, den beide Seiten kennen, etwa ES256, oder die Bibliothek des Verifiers aktualisieren.",
    scheme:
      "Die API muss dieses Schema annehmen und den Proof prüfen, der dazugehört, oder der Aussteller muss diesem Client Bearer-Token geben.",
    form: "Dem Verifier eine Bibliothek für Token dieser Form geben oder den Client ein JWT senden lassen, das der Aussteller für diese API ausgestellt hat.",
    compression:
      "Der Aussteller muss zip weglassen: Nur Verschlüsseltes darf komprimiert sein (RFC 7516 Abschnitt 4.1.3).",
    extension:
      "Der Aussteller muss die Erweiterung weglassen, oder der Verifier braucht Code, der sie versteht: Was in crit steht, darf nicht übergangen werden (RFC 7515 Abschnitt 4.1.11).",
  };

/** Words for the causes of the family verifier. */
export const VERIFIER: Family<"verifier"> = {
  "verifier.too_strict": ({ what }) =>
    tell(
      "Der Verifier lehnt ab, was die Standards erlauben.",
      [`abgelehnt, aber erlaubt: ${phrase(what)}`],
      "Diese eine Prüfung im Verifier lockern oder seine Bibliothek aktualisieren. Das Token ist so, wie die Standards es wollen.",
    ),
  "verifier.unsupported": ({ what, part }) =>
    tell(
      part === "algorithm" || part === "proof_algorithm"
        ? "Die Plattform des Verifiers kann nicht, was das Token braucht."
        : "Der Verifier versteht nicht, was das Token braucht.",
      [`nicht unterstützt: ${phrase(what)}`],
      SUPPORT[part],
    ),
  "verifier.not_configured": ({ setting }) =>
    tell(
      "Dem Verifier fehlt eine Einstellung, oder die gemeinte ist nicht in Kraft.",
      [`die Einstellung: ${phrase(setting)}`],
      "Sie setzen und den Verifier neu starten. Prüfen, ob der Name der Einstellung der ist, den diese Version liest.",
    ),
};
