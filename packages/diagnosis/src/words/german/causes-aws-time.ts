import { tell, type Family } from "../cause-words.ts";
import { quoted } from "./lists.ts";
import { moment } from "../time.ts";
import { duration } from "./time.ts";

type OfTime =
  | "aws.session_expired"
  | "aws.clock_skew"
  | "aws.signature_stale"
  | "aws.presigned_expired"
  | "aws.presigned_outlives_session";

/** Words for the causes of requests to AWS that concern time. */
export const AWS_TIMES: Pick<Family<"aws">, OfTime> = {
  "aws.session_expired": ({ keyId, end, bySeconds }, confidence) =>
    tell(
      "Die temporären Zugangsdaten sind abgelaufen.",
      [
        keyId !== null && `die Schlüssel-ID ist ${quoted(keyId)}`,
        end === null
          ? confidence === "possible"
            ? "eine beendete Sitzung wird so abgewiesen"
            : "die Antwort sagt, dass die Sitzung zu Ende ist"
          : `sie endeten um ${quoted(end)}`,
        bySeconds !== null && `das war ${duration(bySeconds)} vorher`,
      ],
      "Neue Zugangsdaten holen: neu anmelden oder die Rolle neu annehmen. In Programmen den Credential Provider des SDK sie holen und erneuern lassen.",
    ),
  "aws.clock_skew": ({ bySeconds, limitSeconds, clocksKnown }) =>
    tell(
      "Eine Uhr ist zu weit von der Uhr von AWS entfernt.",
      [
        `das Datum der Anfrage liegt ${duration(Math.abs(bySeconds))} ${bySeconds > 0 ? "vor" : "hinter"} der Uhr des Dienstes, erlaubt: ${duration(limitSeconds)}`,
        clocksKnown && "die Uhren von Client und Dienst weichen voneinander ab",
      ],
      "Die Uhr synchronisieren (chronyc makestep, timedatectl set-ntp true, w32tm /resync). In einer virtuellen Maschine nach dem Ruhezustand: hwclock -s, oder sie neu starten.",
    ),
  "aws.signature_stale": ({ ageSeconds, limitSeconds, attempt, clocksAgree }) =>
    tell(
      "Die Anfrage wurde lange vor dem Senden signiert.",
      [
        `Alter der Signatur: ${duration(ageSeconds)}, erlaubt: ${duration(limitSeconds)}`,
        clocksAgree && "die Uhren von Client und Dienst stimmen überein",
        attempt !== null && `es ist Versuch ${attempt} derselben Anfrage`,
      ],
      "Im letzten Moment signieren, und bei jedem Versuch neu. Große Uploads in Teilen senden. Für spätere Verwendung eine vorsignierte URL machen.",
    ),
  "aws.presigned_expired": ({ lifetimeSeconds, end, bySeconds, tooLong, of }) =>
    tell(
      tooLong
        ? "Die vorsignierte URL verlangt mehr Zeit, als es gibt."
        : of === "form"
          ? "Die Policy des Upload-Formulars ist abgelaufen."
          : "Die vorsignierte URL ist abgelaufen.",
      [
        tooLong
          ? "eine Woche, 604800 Sekunden, ist das Höchste für eine vorsignierte URL"
          : end === null
            ? "die Antwort sagt, dass die Anfrage abgelaufen ist"
            : `ihr Ende war ${moment(end)}`,
        lifetimeSeconds !== null &&
          `ihre Gültigkeitsdauer: ${duration(lifetimeSeconds)}`,
        bySeconds !== null && `das war ${duration(bySeconds)} vorher`,
      ],
      tooLong
        ? "X-Amz-Expires auf höchstens 604800 setzen und den Link erst machen, wenn er gebraucht wird."
        : of === "form"
          ? "Eine neue Policy anfordern. Sie erst machen, wenn das Formular gezeigt wird, und keine Seite länger im Cache halten, als ihre Policy lebt."
          : "Einen neuen Link anfordern. Links erst beim Klick machen und keine Seite länger im Cache halten, als ihre Links leben.",
    ),
  "aws.presigned_outlives_session": ({
    lifetimeSeconds,
    promisedUntil,
    endedAt,
  }) =>
    tell(
      "Die vorsignierte URL endete mit der Sitzung, mit der sie signiert wurde.",
      [
        `versprochene Dauer: ${duration(lifetimeSeconds)}, bis ${moment(promisedUntil)}`,
        `ihre Sitzung war spätestens ${moment(endedAt)} zu Ende`,
      ],
      "Links erst machen, wenn sie gebraucht werden. Die Zugangsdaten vor dem Signieren erneuern, wenn sie kürzer gelten als der Link leben soll.",
    ),
};
