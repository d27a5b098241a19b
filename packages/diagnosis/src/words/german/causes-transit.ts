import { tell, type Family } from "../cause-words.ts";
import { quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";
import { figure } from "./time.ts";

/** Words for the causes of the family transit. */
export const TRANSIT: Family<"transit"> = {
  "transit.header_stripped": ({ by, header }) =>
    tell(
      header === "DPoP"
        ? "Der Proof wurde gesendet, und etwas auf dem Weg hat ihn entfernt."
        : "Das Token wurde gesendet, und etwas auf dem Weg hat es entfernt.",
      [
        by === null
          ? "der Client hat den Header gesendet, und er kam nicht an"
          : `entfernt durch: ${phrase(by)}`,
      ],
      `Dafür sorgen, dass jeder Proxy, jeder Server und jedes Framework auf dem Weg den Header ${header} weitergibt.`,
    ),
  "transit.redirect": ({ from, to, leaked }) =>
    tell(
      leaked
        ? "Durch eine Weiterleitung ging das Token an einen anderen Host."
        : "Das Token ging bei einer Weiterleitung verloren.",
      [
        from !== null &&
          to !== null &&
          `die Anfrage an ${quoted(from)} wurde weitergeleitet an ${quoted(to)}`,
        (from === null) !== (to === null) &&
          `die Weiterleitung betrifft ${quoted(from ?? to)}`,
        from === null && to === null && "die Antwort ist eine Weiterleitung",
      ],
      leaked
        ? "Gleich die endgültige Adresse aufrufen und den Client den Header bei einem anderen Host weglassen lassen. Dem anderen Host ist das Token nun bekannt: Es widerrufen."
        : "Gleich die endgültige Adresse aufrufen (Schema, Host, Schrägstrich am Ende), sodass keine Weiterleitung nötig ist.",
    ),
  "transit.overwritten": ({ scheme }) =>
    tell(
      "Andere Zugangsdaten haben den Platz des Tokens eingenommen.",
      [`der Header Authorization kam mit dem Schema ${quoted(scheme)} an`],
      "Das Gateway so einstellen, dass es den Header Authorization unberührt lässt oder das Token des Clients unter einem anderen Namen weitergibt.",
    ),
  "transit.wrong_place": ({ place }) =>
    tell(
      "Das Token wurde an einer anderen Stelle gesendet, als die API nachsieht.",
      [`Fundort: ${phrase(place)}`],
      "Es im Header senden: „Authorization: Bearer “ und danach das Token.",
    ),
  "transit.preflight": ({ origin }) =>
    tell(
      "Die abgelehnte Anfrage ist ein CORS-Preflight, der nie ein Token trägt.",
      [
        "die Methode ist OPTIONS, und der Browser fragt, was er senden darf",
        origin !== null && `sie kommt von einer Seite von ${quoted(origin)}`,
      ],
      "Anfragen mit OPTIONS beantworten, bevor das Token geprüft wird, und den Header Authorization erlauben.",
    ),
  "transit.insecure": ({ host }) =>
    tell(
      "Das Token ging über unverschlüsseltes http.",
      [`die Anfrage ging ohne TLS an ${quoted(host)}`],
      "Mit https senden. Dieses Token ist vielleicht anderen bekannt: ein neues holen und dieses nach Möglichkeit widerrufen.",
    ),
  "transit.too_large": ({ status, bytes }) =>
    tell(
      "Ein Header oder Cookie ist größer, als etwas auf dem Weg annimmt.",
      [
        status !== null && `der Server antwortet ${status}`,
        bytes !== null && `die Header haben ${figure(bytes)} Byte`,
      ],
      "Das Token kleiner machen (weniger Gruppen und Rollen) oder im Proxy und im Server die Grenze für Header anheben.",
    ),
};
