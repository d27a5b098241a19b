import type { OauthFacts } from "../../oauth/facts.ts";
import { UNREADABLE } from "../../oauth/carriage.ts";
import { tell, type Family } from "../cause-words.ts";
import { isoMoment } from "../time.ts";
import { OAUTH_RENEWAL } from "./causes-oauth-renewal.ts";
import { allOf, and, anyOf, quoted } from "./lists.ts";
import { named } from "./oauth-name.ts";
import { witness } from "./oauth-witness.ts";
import { duration, durationInDative } from "./time.ts";

const PKCE: Readonly<Record<OauthFacts["oauth.pkce"]["how"], string>> = {
  other_pair:
    "der SHA-256 des Verifiers ist nicht die Challenge der Autorisierungsanfrage",
  verifier_missing:
    "die Token-Anfrage hat keinen code_verifier oder einen leeren",
  challenge_missing:
    "die Autorisierungsanfrage hatte keine code_challenge, die Token-Anfrage aber einen Verifier",
  verifier_form:
    "der Verifier besteht nicht aus 43 bis 128 Buchstaben, Ziffern und den Zeichen - . _ ~",
  challenge_encoding:
    "die Challenge enthält den richtigen Hash in anderer Schreibweise als base64url ohne Padding",
  method_missing:
    "code_challenge_method fehlt, deshalb nimmt der Server den Hash für Klartext",
  method_says_plain:
    "code_challenge_method ist plain, deshalb nimmt der Server den Hash für Klartext",
  method_plain:
    "die Challenge ist der Verifier selbst, und die Methode sagt, sie sei sein Hash",
  unknown: "Verifier und Challenge gehören nicht zusammen",
};

const FORM: Readonly<
  Record<
    OauthFacts["oauth.request_format"]["how"],
    (parameter: string) => string
  >
> = {
  json: () => "der Body ist JSON, und der Endpunkt liest ein Formular",
  multipart: () =>
    "der Body ist multipart, und der Endpunkt liest ein einfaches Formular",
  media_type: () =>
    "der Header Content-Type sagt nicht application/x-www-form-urlencoded",
  query: () => "die Parameter stehen in der Adresse und nicht im Body",
  method: () => "die Anfrage ist kein POST",
  missing: (parameter) => `der Parameter ${parameter} fehlt`,
  empty: (parameter) =>
    `der Parameter ${parameter} ist leer oder enthält das Wort für eine leere Variable`,
  repeated: (parameter) =>
    `der Parameter ${parameter} steht mehr als einmal da`,
  encoded_twice: (parameter) =>
    `der Parameter ${parameter} ist doppelt prozentkodiert`,
  not_encoded: (parameter) =>
    `ein Zeichen im Parameter ${parameter} wurde nicht prozentkodiert`,
  grant_type_name: (parameter) =>
    `kein Standard kennt einen Grant mit dem Namen ${parameter}`,
  credentials_form: () =>
    "nach Basic steht nicht das base64 von ID, Doppelpunkt und Secret",
  unknown: () => "der Server findet in der Anfrage nicht, was er sucht",
};

const SCOPE: Readonly<
  Record<OauthFacts["oauth.scope_invalid"]["how"], string>
> = {
  unknown: "in der Liste des Servers fehlt",
  separator: "die Namen sind nicht durch Leerzeichen getrennt:",
  encoding: "die Namen kommen noch kodiert an:",
  case: "nur Groß- und Kleinschreibung weicht von der Liste des Servers ab:",
  wider: "verlangt wird mehr, als gewährt wurde:",
};

const DIFFERS = {
  missing: "eine von beiden fehlt",
  scheme: "das Schema",
  host: "der Host",
  port: "der Port",
  path: "der Pfad",
  slash: "ein Schrägstrich am Ende",
  case: "Groß- und Kleinschreibung",
  query: "die Query",
  encoding: "die Kodierung",
  fragment: "das Fragment",
} as const;

/** Words for the causes of OAuth endpoints. */
export const OAUTH: Family<"oauth"> = {
  ...OAUTH_RENEWAL,
  "oauth.code_reused": ({ by, firstUseSecondsAgo: ago }) =>
    tell(
      "Der Autorisierungscode wurde schon einmal eingelöst.",
      [
        ago === null
          ? witness(by)
          : `der Verlauf zeigt die erste Verwendung ${duration(ago)} zuvor`,
      ],
      "Den Code an einer Stelle und einmal einlösen; ein zweiter Aufruf wartet auf den ersten. Neu anmelden: Dieser Code gilt nicht wieder.",
    ),
  "oauth.code_expired": ({ by, what, ageSeconds }) =>
    tell(
      what === "code"
        ? "Der Autorisierungscode wurde zu spät eingelöst."
        : "Der Gerätecode lief ab, bevor der Benutzer zugestimmt hatte.",
      [
        ageSeconds === null
          ? witness(by)
          : `der Code war ${duration(ageSeconds)} alt`,
        what === "code" &&
          "üblich sind höchstens zehn Minuten (RFC 6749 Abschnitt 4.1.2)",
      ],
      what === "code"
        ? "Den Code im Handler des Redirects zuerst einlösen und alles andere danach tun. Neu anmelden."
        : "Einen neuen Gerätecode holen und ihn dem Benutzer sofort zeigen.",
    ),
  "oauth.pkce": ({ by, how }) =>
    tell(
      "Der PKCE-Verifier passt nicht zur Challenge.",
      [PKCE[how], by === "answer" && witness(by)],
      how === "challenge_encoding" || how.startsWith("method")
        ? "Die Challenge als base64url des SHA-256 ohne Padding senden, dazu code_challenge_method=S256."
        : "Jeden Verifier unter seinem eigenen state aufbewahren, wo der Callback ihn liest, und ihn mit dem zurückkommenden state holen.",
    ),
  "oauth.redirect_uri": ({ by, sent, others, against, differs }) =>
    tell(
      against === "registration"
        ? "Die Redirect-Adresse ist keine, die für den Client registriert ist."
        : "Die Redirect-Adresse ist nicht die der Autorisierungsanfrage.",
      [
        sent !== null && `die Anfrage hat ${quoted(sent)}`,
        others.length > 0 &&
          `${against === "registration" ? "registriert" : "zuerst gesendet"} ist ${anyOf(others)}`,
        differs.length > 0 &&
          `sie unterscheiden sich hierin: ${and(differs.map((part) => DIFFERS[part]))}`,
        by !== "comparison" && witness(by),
      ],
      "Die öffentliche Adresse einmal konfigurieren und genau diesen Text in beiden Anfragen senden. Hinter einem Proxy nicht aus der Anfrage bilden.",
    ),
  "oauth.client_authentication_method": ({ by, used, registered }) =>
    tell(
      used.length > 1
        ? "Der Client weist sich auf zwei Arten zugleich aus."
        : "Der Client weist sich anders aus als registriert.",
      [
        used.length > 0 && `die Anfrage verwendet ${allOf(used)}`,
        registered.length > 0 && `erlaubt ist ${anyOf(registered)}`,
        by !== "comparison" && witness(by),
      ],
      "Die registrierte Methode in den Einstellungen des Clients nennen oder die Registrierung ändern. Zugangsdaten nur an einer Stelle senden.",
    ),
  "oauth.client_secret_encoding": ({ by, part, place, how, characters }) => {
    const name = part === "id" ? "Die ID" : "Das Secret";
    return tell(
      how === "encoded_twice" || how === "base64_twice"
        ? `${name} des Clients ist einmal zu oft kodiert.`
        : `${name} des Clients wird auf beiden Seiten verschieden kodiert.`,
      [
        {
          not_encoded: `im ${place === "header" ? "Header" : "Body"} steht der Text, wie er ist, und der Server dekodiert ihn als Formular (RFC 6749 Abschnitt 2.3.1)`,
          encoded_twice: "noch einmal dekodiert, ist es der registrierte Text",
          not_decoded:
            "der Client hat nach dem Standard kodiert, und der Server scheint das Kodierte zu vergleichen",
          base64_twice: "noch einmal von base64 dekodiert, stimmt es",
        }[how],
        characters.length > 0 &&
          `darin stehen Zeichen, die das Kodieren ändert: ${allOf(characters)}`,
        by !== "comparison" && witness(by),
      ],
      how === "not_decoded"
        ? "Ein Secret nur aus Buchstaben, Ziffern, - und _ erzeugen, das keine Kodierung ändert. Der Server sollte nach dem Standard dekodieren."
        : "ID und Secret je einmal formular-kodieren, mit Doppelpunkt verbinden, dann base64. Ein Secret aus Buchstaben und Ziffern braucht kein Kodieren.",
    );
  },
  "oauth.client_secret_wrong": ({
    by,
    how,
    length,
    expectedLength,
    rotatedAt,
  }) =>
    tell(
      how === "empty"
        ? "Der Client sendet ein leeres Secret."
        : how === "expired"
          ? "Das Secret des Clients ist abgelaufen."
          : "Das Secret des Clients ist nicht das, das der Server hat.",
      [
        how === "blanks" && "es stimmt bis auf Leerraum am Anfang oder Ende",
        how === "placeholder" &&
          "es ist ein Platzhalter oder der Name einer Variablen",
        how === "hash" &&
          "SECRET_HASH ist nicht der HMAC aus Benutzername und Client-ID unter dem registrierten Secret",
        how === "other" &&
          by === "comparison" &&
          length !== null &&
          `das gesendete Secret hat ${length} Zeichen, das registrierte ${expectedLength ?? "andere"}${length === expectedLength ? ", und sie unterscheiden sich" : ""}`,
        rotatedAt !== null &&
          `der Client bekam ein neues Secret${isoMoment(rotatedAt) === null ? "" : ` (${isoMoment(rotatedAt)})`}`,
        by !== "comparison" && witness(by),
        by === "comparison" &&
          (how === "empty" || how === "expired") &&
          "die Anfrage selbst zeigt es",
      ],
      "Jeder Instanz des Clients das aktuelle Secret geben und neu starten, was das alte gelesen hat. Zwei gültige Secrets zugleich machen den nächsten Wechsel sicher.",
    ),
  "oauth.client_unknown": ({ by, clientId, registered }) =>
    tell(
      "Der Server kennt diesen Client nicht.",
      [
        clientId !== null && `die Anfrage nennt ${quoted(clientId)}`,
        registered !== null && `registriert ist ${quoted(registered)}`,
        by !== "comparison" && witness(by),
      ],
      "Die ID mit der Registrierung bei genau diesem Aussteller, Mandanten und Realm vergleichen. Adresse, ID und Secret einer Umgebung zusammen halten.",
    ),
  "oauth.assertion_audience": ({ by, expected, found }) =>
    tell(
      "Die Client-Assertion ist an einen anderen Server gerichtet.",
      [
        found.length > 0 && `aud ist ${allOf(found)}`,
        expected.length > 0 && `der Server erwartet ${anyOf(expected)}`,
        by !== "comparison" && witness(by),
      ],
      "In aud den Namen schreiben, den die Metadaten des Servers nennen, zuerst den Aussteller. Server sind verschieden, also einstellbar machen.",
    ),
  "oauth.assertion_time": ({ by, how, bySeconds, lifetimeSeconds }) =>
    tell(
      how === "too_long"
        ? "Die Client-Assertion gilt länger, als der Server erlaubt."
        : how === "future"
          ? "Die Client-Assertion kommt aus der Zukunft."
          : "Die Client-Assertion ist zu alt.",
      [
        bySeconds !== null &&
          how === "expired" &&
          `sie endete vor ${durationInDative(bySeconds)}`,
        bySeconds !== null &&
          how === "future" &&
          `sie beginnt erst in ${durationInDative(bySeconds)}`,
        lifetimeSeconds !== null &&
          lifetimeSeconds > 0 &&
          `sie wurde für ${duration(lifetimeSeconds)} ausgestellt`,
        (by !== "comparison" || bySeconds === null) && witness(by),
      ],
      how === "too_long"
        ? "Für ein bis fünf Minuten signieren und für jede Anfrage eine neue Assertion erzeugen. Bei einem signierten Secret die Grenze des Servers einhalten."
        : "Für jede Anfrage eine neue Assertion erzeugen, iat auf jetzt setzen und die Uhr des Clients richtig stellen.",
    ),
  "oauth.assertion_replayed": ({ by, ageSeconds }) =>
    tell(
      "Die Client-Assertion wurde schon verwendet.",
      [
        witness(by),
        ageSeconds !== null &&
          `sie wurde ${duration(ageSeconds)} zuvor erzeugt`,
      ],
      "In der sendenden Funktion signieren, damit jeder Versuch, auch ein wiederholter, seine eigene Assertion mit zufälliger jti hat.",
    ),
  "oauth.request_format": ({ by, how, parameter }) =>
    tell(
      "Die Anfrage hat nicht die Form, die der Endpunkt liest.",
      [
        FORM[how](
          parameter === null ? "nach dem gesucht wird" : named(parameter),
        ),
        parameter !== null &&
          UNREADABLE.has(how) &&
          FORM.missing(named(parameter)),
        by === "answer" && witness(by),
      ],
      how === "credentials_form"
        ? "ID und Secret formular-kodieren, mit Doppelpunkt verbinden und davon das base64 nach Basic senden."
        : "Ein POST mit Content-Type application/x-www-form-urlencoded senden, jeden Parameter einmal, einmal kodiert und im Body.",
    ),
  "oauth.grant_not_allowed": ({ by, grant, allowed }) =>
    tell(
      "Der Client ist für diesen Grant nicht registriert.",
      [
        grant !== null && `die Anfrage verlangt ${named(grant)}`,
        allowed.length > 0 && `erlaubt ist ${anyOf(allowed)}`,
        by !== "comparison" && witness(by),
      ],
      "Den Grant für diesen Client erlauben, und nur ihn, oder den Client einen registrierten verwenden lassen. Ein neues Secret oder Token ändert nichts.",
    ),
  "oauth.scope_invalid": ({ by, how, scopes }) =>
    tell(
      "Der Server kennt einen verlangten Scope nicht, oder dieser Client bekommt ihn nicht.",
      [
        scopes.length > 0 &&
          (by === "answer" || by === "usual"
            ? `die Anfrage verlangt ${and(scopes.map(named))}`
            : `${SCOPE[how]} ${and(scopes.map(named))}`),
        by !== "comparison" && witness(by),
      ],
      how === "wider"
        ? "Beim Erneuern scope weglassen oder höchstens das Gewährte nennen. Für mehr meldet sich der Benutzer neu an."
        : "Die Namen buchstabengetreu aus der Dokumentation der API nehmen und mit Leerzeichen verbinden. Fehlendes beim Server anlegen oder zuweisen.",
    ),
  "oauth.resource_unknown": ({ by, resource, parameter }) =>
    tell(
      "Der Server kennt die verlangte API nicht.",
      [
        resource !== null &&
          `die Anfrage nennt ${quoted(resource)}${parameter === null ? "" : ` in ${parameter}`}`,
        witness(by),
      ],
      "Die Kennung der API genau wie registriert senden, den letzten Schrägstrich eingeschlossen, oder die API in diesem Mandanten registrieren.",
    ),
  "oauth.introspection_wrong_issuer": ({ by, tokenIssuer, asked }) =>
    tell(
      "Nach dem Token wurde ein anderer Server gefragt als der, der es ausgestellt hat.",
      [
        tokenIssuer !== null && `das Token nennt ${quoted(tokenIssuer)}`,
        `gefragt wurde ${quoted(asked)}`,
        by !== "comparison" && witness(by),
      ],
      "Die Introspection-Adresse aus den Metadaten des Ausstellers nehmen, den das Token nennt. Dem Server eine feste öffentliche Adresse geben.",
    ),
  "oauth.error_misleading": ({ by, found, standard, fault }) =>
    tell(
      "Der Server nennt einen anderen Fehler als den wirklichen.",
      [
        `die Antwort sagt ${named(found)}`,
        fault === "rate_limit" &&
          "ihre Header oder Worte sprechen von zu vielen Anfragen",
        fault === "outage" &&
          "ihr Status oder ihre Worte sprechen von einem Ausfall beim Server",
        standard.length > 0 &&
          `für den gefundenen Fehler hat der Standard ${anyOf(standard)}`,
        by === "usual" && witness(by),
      ],
      fault === "other"
        ? "Dem Befund mehr glauben als dem Fehlercode. Der Server sollte den Fehler aus RFC 6749 Abschnitt 5.2 nennen."
        : "Warten, wie die Antwort es sagt, und die Anfrage unverändert noch einmal senden. Der Server sollte 429 oder 503 antworten.",
    ),
};
