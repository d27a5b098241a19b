import type { Facts } from "../../causes.ts";
import { tell, type Family } from "../cause-words.ts";
import { isoMoment } from "../time.ts";
import { happened } from "./events.ts";
import { quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";

/** What is known of the event that ended a token. */
function ended({ at, event, by }: Facts["revoked.by_user"]): string[] {
  const when = isoMoment(at);
  const details = [
    when !== null && `am ${when}`,
    by !== null && `durch ${quoted(by)}`,
  ].filter(Boolean);
  return [
    `${happened(event)}${details.length === 0 ? "" : ` (${details.join(", ")})`}`,
  ];
}

/** Words for the causes of the families revoked and status. */
export const REVOKED: Family<"revoked"> & Family<"status"> = {
  "revoked.by_user": (facts) =>
    tell(
      "Der Benutzer hat die Sitzung beendet oder die Zustimmung zurückgenommen.",
      ended(facts),
      "Den Benutzer sich neu anmelden lassen. Token verwerfen, die von vorher aufbewahrt sind.",
    ),
  "revoked.by_administrator": (facts) =>
    tell(
      "Von Hand oder durch eine Regel wurde widerrufen, gesperrt oder gelöscht.",
      ended(facts),
      againAfter(facts.event),
    ),
  "revoked.refresh_reuse": (facts) =>
    tell(
      "Ein Refresh-Token wurde zweimal vorgelegt, und alle Token seiner Familie wurden widerrufen.",
      ended(facts),
      "Den Benutzer sich neu anmelden lassen. Danach dafür sorgen, dass der Client das neue Refresh-Token vor der Verwendung speichert und nie zweimal gleichzeitig erneuert.",
    ),
  "revoked.not_before": (facts) =>
    tell(
      "Das Token wurde vor dem Zeitpunkt ausgestellt, ab dem Token zählen.",
      ended(facts),
      "Ein neues Token holen. Sollte die Grenze dieses Token nicht treffen, den Zeitpunkt not-before berichtigen.",
    ),
  "status.unreachable": ({ source, error }) =>
    tell(
      "Ob das Token widerrufen ist, ließ sich nicht feststellen.",
      [
        source === null
          ? `der Status ließ sich nicht abrufen: ${phrase(error)}`
          : `${quoted(source)} lieferte keinen Status: ${phrase(error)}`,
      ],
      "Den Weg vom Verifier zur Statusliste oder zum Introspection-Endpunkt prüfen. Das Token selbst kann gut sein.",
    ),
};

/** What was disabled or suspended can come back; what was revoked, withdrawn or deleted cannot. */
function againAfter(event: string): string {
  switch (event) {
    case "subject.disabled":
    case "client.disabled":
      return "Bei den Verantwortlichen klären, ob es gewollt war. War es das nicht, die Sperre aufheben und ein neues Token holen.";
    case "suspended":
      return "Bei den Verantwortlichen klären, warum und für wie lange. Wird die Aussetzung aufgehoben, gilt das Token wieder.";
    case "key.withdrawn":
      return "Ein neues Token holen: Es wird mit einem anderen Schlüssel signiert. Ist der Schlüssel bekannt geworden, darf er nicht zurückkommen, und was er signiert hat, ist nicht vertrauenswürdig.";
    default:
      return "Bei den Verantwortlichen klären, warum. Widerrufenes bleibt widerrufen: ein neues Token holen und, falls das alte bekannt wurde, zuerst die Stelle schließen, an der es offen lag.";
  }
}
