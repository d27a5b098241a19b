import { tell, type Family } from "../cause-words.ts";
import { allOf, quoted } from "./lists.ts";
import { phrase, quotedUnlessOurs } from "./phrases.ts";

/** Words for the causes of the family scope. */
export const SCOPE: Family<"scope"> = {
  "scope.claim_name": ({ claim, read }) =>
    tell(
      "Die Berechtigungen stehen in einem anderen Claim, als der Verifier liest.",
      [
        `der Verifier liest ${quoted(read)}; die Berechtigungen stehen in ${quoted(claim)}`,
      ],
      `Der Verifier muss ${quoted(claim)} lesen, oder der Aussteller muss sie in ${quoted(read)} schreiben.`,
    ),
  "scope.shape": ({ shape }) =>
    tell(
      "Die Scopes sind in einer anderen Form geschrieben als der des Standards.",
      [
        `gefunden: ${phrase(shape)}; verlangt ist ein String mit Leerzeichen zwischen den Scopes (RFC 8693 Abschnitt 4.2)`,
      ],
      "Den Claim scope als einen String schreiben, die Scopes durch Leerzeichen getrennt.",
    ),
  "scope.prefix": ({ needed, found }) =>
    tell(
      "Der Scope ist da, aber unter einem etwas anderen Namen.",
      [`nötig: ${quoted(needed)}, gefunden: ${quoted(found)}`],
      "Auf beiden Seiten dieselbe Schreibweise verwenden. Ein Präfix wie SCOPE_ oder api:// fügt ein Framework oder der Aussteller hinzu und lässt sich dort einstellen.",
    ),
  "scope.not_granted": ({ lacking }) =>
    tell(
      "Das Token gewährt nicht, was die Anfrage braucht.",
      [
        lacking.length === 0
          ? "das Token gewährt weniger, als die Anfrage braucht"
          : `nicht gewährt: ${allOf(lacking)}`,
      ],
      lacking.length === 0
        ? "Die nötigen Scopes anfordern, wenn das Token geholt wird, und in der Antwort nachsehen, welche gewährt wurden."
        : `Beim Holen des Tokens ${allOf(lacking)} anfordern und in der Antwort nachsehen, ob dies gewährt wurde. Eventuell muss der Benutzer oder ein Administrator zustimmen.`,
    ),
  "scope.lost_on_refresh": ({ lost }) =>
    tell(
      "Ein Scope ging beim Erneuern des Tokens verloren.",
      [`das Token vor dem Erneuern hatte ${allOf(lost)}, dieses nicht mehr`],
      "In der Anfrage zum Erneuern scope weglassen oder alle nötigen Scopes nennen: Was dort genannt ist, ist alles, was gewährt wird.",
    ),
  "scope.application_only": ({ by, roles, scopes }) =>
    tell(
      "Das Token steht für eine Anwendung allein, ohne Benutzer.",
      [
        `Merkmal: ${phrase(by)}`,
        roles.length > 0 && `seine Rollen: ${allOf(roles)}`,
        scopes.length > 0 && `seine Scopes: ${allOf(scopes)}`,
      ],
      roles.length > 0
        ? "Einen Benutzer anmelden, um delegierte Scopes zu bekommen, oder die API für diese Anfrage die Rollen der Anwendung annehmen lassen."
        : "Einen Benutzer anmelden, um delegierte Scopes zu bekommen, oder der Anwendung selbst einen Scope oder eine Rolle dieser API geben und ein neues Token holen.",
    ),
  "scope.step_up": ({ needed, found }) =>
    tell(
      "Die Anmeldung hinter dem Token ist für diese Anfrage zu schwach oder zu alt.",
      [
        needed !== null &&
          `nötig: ${quotedUnlessOurs(needed)}, gefunden: ${found === null ? "nichts" : quotedUnlessOurs(found)}`,
        needed === null &&
          (found === null
            ? "die Anfrage verlangt eine stärkere Anmeldung"
            : `gefunden: ${quotedUnlessOurs(found)}`),
      ],
      "Den Benutzer sich neu anmelden lassen, mit den acr_values oder dem max_age, die die API in ihrer Antwort nennt (RFC 9470).",
    ),
};
