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
      "Bei dem, der es getan hat, klären, ob es gewollt war. War es das nicht, die Sperre aufheben und ein neues Token holen.",
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
      "Ob das Token widerrufen ist, war nicht zu erfahren.",
      [
        source === null
          ? `der Status war nicht zu bekommen: ${phrase(error)}`
          : `${quoted(source)} war nicht zu bekommen: ${phrase(error)}`,
      ],
      "Den Weg vom Verifier zur Statusliste oder zum Introspection-Endpunkt prüfen. Das Token selbst kann gut sein.",
    ),
};
