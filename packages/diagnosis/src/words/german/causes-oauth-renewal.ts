import type { Facts } from "../../causes.ts";
import { tell, type Tell } from "../cause-words.ts";
import { quoted } from "./lists.ts";
import { witness } from "./oauth-witness.ts";
import { duration, durationInDative } from "./time.ts";

type Renewal = Extract<keyof Facts, `oauth.refresh_${string}`>;

/** What is known of a superseded refresh token that came back. */
function came({
  by,
  secondsAfterFirstUse: after,
  generationsBehind: behind,
  successorUsed,
  sameSender,
  answerArrived,
}: Facts["oauth.refresh_race"]): (string | false)[] {
  return [
    after === null
      ? witness(by)
      : `es kam ${duration(after)} nach der ersten Verwendung wieder`,
    behind !== null && behind > 1 && `es liegt ${behind} Generationen zurück`,
    sameSender !== null &&
      (sameSender
        ? "beide Male von derselben Adresse"
        : "von einer anderen Adresse als zuvor"),
    successorUsed !== null &&
      (successorUsed
        ? "sein Nachfolger war schon verwendet"
        : "sein Nachfolger war noch nicht verwendet"),
    answerArrived !== null &&
      (answerArrived
        ? "der Client hat, was die erste Antwort brachte"
        : "der Client hat nicht, was die erste Antwort brachte"),
  ];
}

/** Words for the causes of a refused renewal. */
export const OAUTH_RENEWAL: { readonly [C in Renewal]: Tell<C> } = {
  "oauth.refresh_race": (facts) =>
    tell(
      "Zwei Teile des Clients haben ein Refresh-Token zugleich verwendet.",
      came(facts),
      "Immer nur einmal zugleich erneuern: die laufende Anfrage teilen und über Tabs und Prozesse hinweg sperren. Nach der Sperre den Speicher neu lesen.",
    ),
  "oauth.refresh_lost_response": (facts) =>
    tell(
      "Die Antwort auf die erste Verwendung ging verloren, und der Client versuchte es noch einmal.",
      came(facts),
      "Früh genug und mit langer Frist erneuern, nicht an eine Seite gebunden. Der Server sollte den Vorgänger einige Sekunden annehmen, solange der Nachfolger unbenutzt ist.",
    ),
  "oauth.refresh_not_stored": (facts) =>
    tell(
      "Der Client hat nach der Rotation das alte Refresh-Token behalten.",
      came(facts),
      "Access-Token, Ablauf und Refresh-Token jeder Antwort in einem Zug speichern, wo alle Instanzen sie lesen. Einmal neu anmelden.",
    ),
  "oauth.refresh_theft": (facts) =>
    tell(
      "Ein schon verwendetes Refresh-Token kam von anderswo zurück.",
      came(facts),
      "Die Familie widerrufen lassen, und der Benutzer meldet sich neu an. Herausfinden, wo das Token abhandenkam; Benutzer und Betreiber verständigen.",
    ),
  "oauth.refresh_expired": ({ by, ageSeconds, limitSeconds }) =>
    tell(
      "Das Refresh-Token hat sein Höchstalter erreicht.",
      [
        ageSeconds === null
          ? witness(by)
          : `die Anmeldung war vor ${durationInDative(ageSeconds)}`,
        limitSeconds !== null &&
          `eine Grenze von ${durationInDative(limitSeconds)} würde passen`,
      ],
      "Den Benutzer sich neu anmelden lassen; Wiederholen hilft nicht. Ein Dienst ohne Benutzer sollte client_credentials verwenden.",
    ),
  "oauth.refresh_idle": ({ by, idleSeconds }) =>
    tell(
      "Das Refresh-Token wurde zu lange nicht verwendet.",
      [
        idleSeconds === null
          ? witness(by)
          : `seit ${durationInDative(idleSeconds)} wurde nichts erneuert`,
      ],
      "Den Benutzer sich neu anmelden lassen. Ein seltener Job darf zwischendurch einmal erneuern, solange die Verbindung gewollt ist.",
    ),
  "oauth.refresh_other_client": ({ by, what, issuedTo, sentBy }) =>
    tell(
      {
        code: "Der Autorisierungscode gehört einem anderen Client.",
        refresh_token: "Das Refresh-Token gehört einem anderen Client.",
        token: "Das Token gehört einem anderen Client.",
      }[what],
      [
        issuedTo !== null &&
          `ausgestellt wurde ${what === "code" ? "er" : "es"} für ${quoted(issuedTo)}`,
        sentBy !== null &&
          `gesendet hat ${what === "code" ? "ihn" : "es"} ${quoted(sentBy)}`,
        (by !== "comparison" || (issuedTo === null && sentBy === null)) &&
          witness(by),
      ],
      "Jedes Token mit seinem Aussteller und seiner Client-ID speichern und beide vor der Verwendung prüfen. Nach einem Wechsel der ID neu anmelden.",
    ),
};
