import type { Facts } from "../../causes.ts";
import { tell, type CauseWords, type Family } from "../cause-words.ts";
import { quoted } from "./lists.ts";

const sides = ({ expected, found }: Facts["issuer.other"]): string =>
  `erwartet: ${quoted(expected)}, gefunden: ${found === "" ? "nichts" : quoted(found)}`;
const asIssued = ({ found }: Facts["issuer.other"]): string =>
  `Ist ${quoted(found)} der gemeinte Aussteller, ihn genau so konfigurieren, Zeichen für Zeichen.`;

const pair = (
  title: string,
  facts: Facts["issuer.other"],
  what: string | null,
  fix: string,
): CauseWords => tell(title, [sides(facts), what], fix);

/** Words for the causes of the family issuer. */
export const ISSUER: Family<"issuer"> = {
  "issuer.trailing_slash": (facts) =>
    pair(
      "Die Namen des Ausstellers unterscheiden sich durch einen Schrägstrich am Ende.",
      facts,
      "bis auf den Schrägstrich am Ende sind sie gleich",
      asIssued(facts),
    ),
  "issuer.scheme": (facts, confidence) =>
    pair(
      facts.missing
        ? "Einem der beiden Namen des Ausstellers fehlt das Schema."
        : "Die Namen des Ausstellers unterscheiden sich in http und https.",
      facts,
      confidence === "certain" ? "bis auf das Schema sind sie gleich" : null,
      facts.missing
        ? asIssued(facts)
        : `${asIssued(facts)} Hinter einem Proxy dem Aussteller seine öffentliche https-Adresse mitteilen.`,
    ),
  "issuer.host_alias": (facts) =>
    pair(
      "Ein und derselbe Server ist hier unter zwei Namen bekannt.",
      facts,
      {
        same: "der Pfad ist derselbe, Host oder Port ist ein anderer",
        prefixed:
          "ein Pfad ist das Ende des anderen, wie wenn ein Proxy ein Präfix hinzufügt",
        other: null,
      }[facts.paths],
      "Der Aussteller muss in iss einen festen öffentlichen Namen verwenden, gleich unter welchem er aufgerufen wird. Diesen Namen im Verifier konfigurieren.",
    ),
  "issuer.case": (facts) =>
    pair(
      "Die Namen des Ausstellers unterscheiden sich in der Groß- und Kleinschreibung.",
      facts,
      "bis auf die Groß- und Kleinschreibung sind sie gleich",
      asIssued(facts),
    ),
  "issuer.tenant": ({ placeholder, sameHost, ...facts }) =>
    pair(
      placeholder
        ? "Der Verifier erwartet einen Platzhalter für den Mandanten."
        : "Das Token stammt von einem anderen Mandanten, Realm oder Pool.",
      facts,
      placeholder
        ? "der erwartete Aussteller enthält einen Platzhalter, den kein Token je hat"
        : sameHost
          ? "es ist derselbe Server"
          : null,
      placeholder
        ? "Den Aussteller mit der Kennung des eigenen Mandanten konfigurieren oder den Mandanten-Claim gegen die Liste der bedienten Mandanten prüfen."
        : "Token des erwarteten Mandanten senden oder den Mandanten konfigurieren, bei dem sich die Clients anmelden.",
    ),
  "issuer.version": (facts) =>
    pair(
      "Das Token stammt von einer anderen Version desselben Ausstellers.",
      facts,
      "beide sind Versionen eines Ausstellers",
      "Token der Version anfordern, die der Verifier erwartet (in Entra: requestedAccessTokenVersion), oder Aussteller und Schlüssel der anderen Version konfigurieren.",
    ),
  "issuer.environment": (facts) =>
    pair(
      "Das Token kommt aus einer anderen Umgebung.",
      facts,
      "die Namen sehen nach zwei Umgebungen eines Systems aus",
      "Prüfen, bei welcher Umgebung sich der Client anmeldet und auf welche der Verifier eingestellt ist; beide müssen übereinstimmen.",
    ),
  "issuer.other": (facts) =>
    pair(
      "Das Token stammt von einem Aussteller, dem der Verifier nicht vertraut.",
      facts,
      null,
      "Das Token beim erwarteten Aussteller holen. Soll der Verifier auch dem anderen vertrauen, ihn mit seinen eigenen Schlüsseln hinzufügen.",
    ),
};
