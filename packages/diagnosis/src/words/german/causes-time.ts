import { tell, type Family } from "../cause-words.ts";
import { moment } from "../time.ts";
import { untrusted } from "../untrusted.ts";
import { names } from "./lists.ts";
import { phrase } from "./phrases.ts";
import { duration, figure } from "./time.ts";

const FINER = {
  milliseconds: ["Millisekunden", 1e3],
  microseconds: ["Mikrosekunden", 1e6],
  nanoseconds: ["Nanosekunden", 1e9],
} as const;

const SYNCHRONISE =
  "Die Uhr dauerhaft von einem Zeitdienst (NTP) stellen lassen. Eine Toleranz von höchstens einer Minute deckt den Rest ab.";

/** Words for the causes of the family time. */
export const TIME: Family<"time"> = {
  "time.expired": ({ exp, bySeconds, lifetimeSeconds }) =>
    tell(
      "Das Token ist am Ende seiner Gültigkeit, und niemand hat es erneuert.",
      [
        exp !== null &&
          bySeconds !== null &&
          `exp war ${moment(exp, exp + bySeconds)}, ${duration(bySeconds)} vor der Prüfung des Tokens`,
        exp !== null && bySeconds === null && `exp war ${moment(exp)}`,
        exp === null &&
          bySeconds !== null &&
          `es endete ${duration(bySeconds)} vor der Prüfung`,
        lifetimeSeconds !== null &&
          `es wurde für ${duration(lifetimeSeconds)} ausgestellt`,
        exp === null &&
          bySeconds === null &&
          "das Token wird wegen seiner Zeit abgelehnt, mehr ist darüber nicht bekannt",
      ],
      "Ein neues Token holen und die Anfrage wiederholen. Künftig etwas vor exp erneuern, damit keine Anfrage auf das Ende trifft.",
    ),
  "time.clock_ahead": ({ bySeconds, against }, confidence) =>
    tell(
      "Die Uhr der prüfenden Maschine geht vor.",
      [
        `die Uhr des Verifiers geht ${bySeconds === null ? "" : `${duration(bySeconds)} `}vor (Vergleich: ${phrase(against)})`,
        confidence === "certain" &&
          "nach der anderen Uhr ist das Token noch gültig",
      ],
      SYNCHRONISE,
    ),
  "time.clock_behind": ({ bySeconds, against, what }, confidence) =>
    tell(
      what === "proof"
        ? "Die Uhr des Verifiers geht nach, oder die des Clients geht vor."
        : "Die Uhr des Verifiers geht nach, oder die des Ausstellers geht vor.",
      [
        `die Uhr des Verifiers geht ${bySeconds === null ? "" : `${duration(bySeconds)} `}nach (Vergleich: ${phrase(against)})`,
        confidence === "certain" &&
          "nach der anderen Uhr ist das Token schon gültig",
      ],
      what === "proof"
        ? "Beide Uhren mit einem Zeitdienst (NTP) vergleichen und die falsche stellen. Der Client erzeugt den Proof nach seiner eigenen Uhr."
        : SYNCHRONISE,
    ),
  "time.milliseconds": ({ claims, unit }) => {
    const [finer, perSecond] = FINER[unit];
    return tell(
      `Zeiten im Token stehen in ${finer}, nicht in Sekunden.`,
      [
        `in ${finer} gelesen ${claims.length === 1 ? `ist ${names(claims)} eine gewöhnliche Zeit` : `sind ${names(claims)} gewöhnliche Zeiten`}, in Sekunden gelesen Jahrtausende entfernt`,
      ],
      `Die Claims exp, iat und nbf in Sekunden seit 1970 schreiben: vor dem Signieren durch ${figure(perSecond)} teilen und abrunden.`,
    );
  },
  "time.lifetime_unit": ({ how, lifetimeSeconds, meantSeconds, unit }) => {
    switch (how) {
      case "unit":
        return tell(
          "Die Gültigkeitsdauer wurde in einer anderen Einheit angegeben als gelesen.",
          [
            `das Token ist ${duration(lifetimeSeconds)} lang gültig; als ${phrase(unit)} gelesen ergibt dieselbe Zahl ${duration(meantSeconds)}`,
          ],
          `Die Einheit der Einstellung prüfen, sodass exp ${duration(meantSeconds)} nach iat liegt.`,
        );
      case "length_as_end":
        return tell(
          "In exp steht die Dauer der Gültigkeit, wo ihr Ende hingehört.",
          [
            `exp ist ${figure(meantSeconds)}: als ${phrase(unit)} gelesen ${duration(meantSeconds)}, als Zeitpunkt gelesen ${moment(meantSeconds)}`,
          ],
          "Den Zeitpunkt der Ausstellung plus die Gültigkeitsdauer in exp schreiben, in Sekunden seit 1970.",
        );
      case "since_1970":
        return tell(
          "Die Zeiten zählen ab 1970, aber nicht in Sekunden.",
          [
            `exp ist, als ${phrase(unit)} gelesen, ${moment(meantSeconds)}; als Sekunden gelesen liegt es in den Siebzigerjahren`,
          ],
          "Die Claims exp, iat und nbf in Sekunden seit 1970 schreiben.",
        );
    }
  },
  "time.zero_lifetime": ({ iat, exp }) =>
    tell(
      "Das Token endet, bevor es beginnt.",
      [
        exp === iat
          ? `exp und iat sind derselbe Zeitpunkt (${moment(exp)})`
          : `exp (${moment(exp)}) liegt ${duration(iat - exp)} vor iat (${moment(iat)})`,
      ],
      "Den Claim exp auf iat plus Gültigkeitsdauer setzen. Prüfen, ob deren Einstellung gelesen wird und nicht 0 oder negativ ist.",
    ),
  "time.zone_offset": ({ claim, offsetSeconds }) =>
    tell(
      "Ortszeit wurde geschrieben, als wäre sie UTC.",
      [
        `${untrusted(claim)} liegt ${duration(offsetSeconds)} ${offsetSeconds < 0 ? "zu früh" : "zu spät"}, das ist der Abstand einer Zeitzone`,
      ],
      "Die Sekunden seit 1970 von der Uhr selbst nehmen, die in UTC zählt, nie aus einem örtlichen Datum ohne Zeitzone.",
    ),
  "time.not_numeric": ({ claim, form }) =>
    tell(
      "Eine Zeit ist als Text geschrieben.",
      [`${untrusted(claim)} ist keine JSON-Zahl: ${phrase(form)}`],
      `Den Claim ${untrusted(claim)} als JSON-Zahl der Sekunden seit 1970 schreiben, ohne Anführungszeichen.`,
    ),
  "time.delayed_start": ({ delaySeconds, remainingSeconds }) =>
    tell(
      "Das Token wurde so ausgestellt, dass es erst später beginnt.",
      [
        `nbf liegt ${duration(delaySeconds)} nach iat`,
        remainingSeconds > 0 &&
          `es beginnt ${duration(remainingSeconds)} nach der Prüfung`,
      ],
      "Den Claim nbf auf den Zeitpunkt der Ausstellung setzen, wenn keine Verzögerung gewollt ist. Ist sie gewollt, muss der Client sie abwarten.",
    ),
  "time.limit_edge": ({ measure, seconds, limitSeconds }) =>
    tell(
      `${measure === "lifetime" ? "Die Gültigkeitsdauer" : "Das Alter"} liegt an der Grenze des Verifiers oder knapp darüber.`,
      [
        `${measure === "lifetime" ? "Gültigkeitsdauer" : "Alter"} ${duration(seconds)}${limitSeconds === 0 ? "" : `, Grenze ${duration(limitSeconds)}`}`,
      ],
      measure === "lifetime"
        ? "Das Token für etwas weniger als die Grenze ausstellen: Sekunden durch Rundung und Übertragung zählen mit."
        : "Etwas vor der Grenze ein frisches Token holen und sofort senden.",
    ),
  "time.proof_reused": ({ ageSeconds, what }) =>
    tell(
      "Was für jede Verwendung neu zu erzeugen ist, wurde aufbewahrt und noch einmal benutzt.",
      [
        ageSeconds === null
          ? `schon einmal benutzt: ${phrase(what)}`
          : `bei der Prüfung ${duration(ageSeconds)} alt: ${phrase(what)}`,
      ],
      "Für jede Anfrage neu erzeugen, statt in Variable, Cache oder Datei aufzubewahren.",
    ),
};
