import type { Facts } from "../../causes.ts";
import { tell, type CauseWords, type Family } from "../cause-words.ts";
import { AWS_SIGNATURES } from "./causes-aws-signature.ts";
import { AWS_PROFILES } from "./causes-aws-profile.ts";
import { AWS_TIMES } from "./causes-aws-time.ts";
import { names, quoted } from "./lists.ts";

const PLACES = {
  environment: "in der Umgebung",
  credentials_file: "in der Credentials-Datei",
  config_file: "in der Konfigurationsdatei",
} as const;

const PARTS = {
  key_id: "die Schlüssel-ID",
  secret: "das Geheimnis",
  session_token: "das Session-Token",
} as const;

const DAMAGES: Readonly<
  Record<Facts["aws.credential_damaged"]["damage"], string>
> = {
  white_space: "hat Leerraum, der nicht dazugehört",
  quotation_marks: "steht in Anführungszeichen",
  length: "hat zu wenige oder zu viele Zeichen",
  characters: "hat Zeichen, die dort nie vorkommen",
  comment: "hat einen Kommentar hinter sich",
  percent_encoding: "ist prozentcodiert",
  cut: "ist abgeschnitten",
  blank_for_plus: "hat ein Leerzeichen, wo ein Plus war",
  missing: "fehlt neben dem Rest",
};

/** Words for the causes of requests to AWS. */
export const AWS: Family<"aws"> = {
  "aws.session_token_missing": ({ keyId, inEnvironment }) =>
    tell(
      "Ein temporärer Schlüssel wurde ohne sein Session-Token gesendet.",
      [
        `die Schlüssel-ID ${quoted(keyId)} ist die einer Sitzung, und die Anfrage hat kein X-Amz-Security-Token`,
        inEnvironment &&
          "die Umgebung enthält AWS_SESSION_TOKEN, und es wurde nicht gesendet",
      ],
      "Alle drei Werte übergeben, Schlüssel-ID, Geheimnis und Session-Token, oder das SDK die Zugangsdaten finden lassen. X-Amz-Security-Token vor dem Signieren hinzufügen.",
    ),
  "aws.session_token_mixed": mixed,
  "aws.session_token_misnamed": ({ keyId, name, place }) =>
    tell(
      "Das Session-Token steht an einer Stelle, an der das Werkzeug nicht nachsieht.",
      [
        `die Schlüssel-ID ${quoted(keyId)} ist die einer Sitzung, und die Anfrage hat kein X-Amz-Security-Token`,
        `ein Token steht ${PLACES[place]} unter dem Namen ${quoted(name)}`,
      ],
      place === "environment"
        ? "Das Token als AWS_SESSION_TOKEN exportieren. Wo ein altes Werkzeug AWS_SECURITY_TOKEN braucht, beide auf denselben Wert setzen."
        : "Das Token als aws_session_token direkt unter Schlüssel-ID und Geheimnis desselben Abschnitts schreiben.",
    ),
  "aws.partition": ({ found, expected, host, by }) =>
    tell(
      "Der Schlüssel gehört zu einer anderen Partition von AWS als der Endpunkt.",
      [
        `der Endpunkt ${quoted(host)} gehört zur Partition ${quoted(found)}`,
        {
          arn: `ein ARN dieses Aufrufers gehört zu ${quoted(expected)}`,
          region: `die konfigurierte Region gehört zu ${quoted(expected)}`,
          session_token: `das Session-Token wurde in ${quoted(expected)} ausgestellt`,
          scope: `die Anfrage wurde für eine Region von ${quoted(expected)} signiert`,
        }[by],
      ],
      "Den Endpunkt der Partition des Schlüssels aufrufen: AWS_REGION auf eine ihrer Regionen setzen und die Region jedem Client übergeben, auch dem inneren STS-Client.",
    ),
  "aws.opt_in_region": ({ region, version }) =>
    tell(
      "Das Session-Token gilt nicht in einer Region, die erst freizuschalten ist.",
      [
        region === null
          ? "der Dienst sagt, dass die Region für dieses Konto ausgeschaltet ist"
          : `die Region ${quoted(region)} ist ausgeschaltet, bis ein Konto sie freischaltet`,
        version === 1 &&
          "das Session-Token hat die Version 1, wie der globale Endpunkt von STS sie ausgibt",
      ],
      "Regionale STS-Endpunkte verwenden (AWS_STS_REGIONAL_ENDPOINTS=regional) oder den globalen Endpunkt Token der Version 2 ausgeben lassen. Prüfen, ob das Konto die Region freigeschaltet hat.",
    ),
  "aws.placeholder_key": ({ keyId, kind, meant }) =>
    tell(
      kind === "masked"
        ? "Ein unkenntlich gemachter Schlüssel wurde gesendet: Er stammt aus einem Log, das ihn verbirgt."
        : "An den echten Dienst wurde ein Schlüssel gesendet, der keiner ist.",
      [
        `die Schlüssel-ID ist ${quoted(keyId)}`,
        {
          sample: "so steht sie in Dokumentation",
          emulator: "solche Schlüssel sind für Emulatoren",
          template: "so lautet ein Muster oder eine leere Variable",
          masked: "so schreiben Logs, was sie verbergen",
        }[kind],
        meant !== null && `gemeint war eine andere Adresse: ${quoted(meant)}`,
      ],
      kind === "emulator"
        ? "AWS_ENDPOINT_URL für den ganzen Prozess auf den Emulator setzen, auch für STS und IAM. Für den echten Dienst einen echten Schlüssel setzen."
        : "Einen echten Schlüssel an seine Stelle setzen oder besser eine Rolle und keinen gespeicherten Schlüssel verwenden.",
    ),
  "aws.key_unknown": ({ keyId, kind, account, inactive }) =>
    tell(
      "AWS kennt diesen Zugriffsschlüssel nicht.",
      [
        keyId === null
          ? "die Antwort sagt, dass der Schlüssel nicht bekannt ist"
          : kind === "other"
            ? `der Dienst kennt die Schlüssel-ID ${quoted(keyId)} nicht, die nicht die Form einer von AWS hat`
            : `die Schlüssel-ID ${quoted(keyId)} hat die richtige Form, und der Dienst kennt sie nicht`,
        account !== null && `sie stammt aus dem Konto ${quoted(account)}`,
        inactive && "ihr Status ist Inactive",
      ],
      "Den Schlüssel nachsehen (aws iam list-access-keys): Ist er gelöscht oder inaktiv, den gültigen einsetzen oder besser eine Rolle verwenden. Alte Schlüssel aus Dateien und Variablen entfernen.",
    ),
  "aws.key_too_new": ({ keyId, ageSeconds }) =>
    tell(
      "Der Schlüssel ist so neu, dass er noch nicht überall bekannt ist.",
      [
        `der Schlüssel ${quoted(keyId)} wurde ${ageSeconds} Sekunden vor der Anfrage erzeugt`,
      ],
      "Schlüssel im Voraus erzeugen und erst ausgeben, wenn sie funktioniert haben. Mit wachsenden Pausen 15 Sekunden oder länger wiederholen.",
    ),
  "aws.credential_damaged": ({ part, damage, length }) =>
    tell(
      "Zugangsdaten wurden unterwegs beschädigt.",
      [
        `${PARTS[part]} ${DAMAGES[damage]}`,
        length !== null && `die Länge ist ${length} Zeichen`,
      ],
      "Den Wert neu speichern, ohne Zeilenende, Anführungszeichen oder Kommentar. Eine Schlüssel-ID hat 20 Zeichen, ein Geheimnis 40.",
    ),
  ...AWS_PROFILES,
  "aws.sso_session": ({ profile, end, inconsistent }) =>
    tell(
      "Die Single-Sign-on-Sitzung hinter den Zugangsdaten ist zu Ende.",
      [
        profile === null
          ? "die Anfrage oder die Meldung betrifft Single Sign-on"
          : `das Profil ${quoted(profile)} bekommt seine Zugangsdaten durch Single Sign-on`,
        end !== null && `dem Cache nach endet sie um ${quoted(end)}`,
        inconsistent && "der Dienst hat sie früher beendet, als der Cache sagt",
      ],
      "Neu anmelden: aws sso login mit dem Profil. Hilft das nicht, zuerst aws sso logout, das den Cache leert.",
    ),
  "aws.mfa_required": ({ by }) =>
    tell(
      "Die Sitzung wurde ohne zweiten Faktor eröffnet.",
      [
        {
          identity_and_access:
            "IAM nimmt keine Sitzung von GetSessionToken ohne zweiten Faktor an und antwortet, als wäre das Token ungültig",
          caller_identity:
            "STS kennt dieselbe Sitzung als die eines Benutzers, und IAM lehnt sie ab",
          policy: "eine Policy verbietet, was ohne zweiten Faktor geschieht",
          code: "der Code des zweiten Faktors wurde nicht angenommen",
          code_missing: "ein Code des zweiten Faktors wurde nicht gesendet",
          serial_missing:
            "ein Code des zweiten Faktors wurde ohne die Seriennummer des Geräts gesendet",
          incomplete:
            "der Code des zweiten Faktors oder die Seriennummer des Geräts wurde nicht gesendet",
        }[by],
      ],
      "Die Sitzung mit --serial-number und --token-code eröffnen oder mfa_serial im Profil setzen. Oder eine Rolle annehmen, die die Rechte hat.",
    ),
  "aws.header_malformed": malformed,
  "aws.signature_version": ({ form, host }) =>
    tell(
      form === "multi_region"
        ? "Dieser Endpunkt nimmt nur Signature Version 4A."
        : "Die Anfrage wurde mit der alten Signature Version 2 signiert.",
      [
        {
          header:
            "das Wort nach Authorization ist AWS und nicht AWS4-HMAC-SHA256",
          query: "die Query hat die Parameter der Version 2",
          answer: "die Antwort verlangt AWS4-HMAC-SHA256",
          multi_region: "die Antwort verlangt AWS4-ECDSA-P256-SHA256",
        }[form],
        host !== null && `der Endpunkt ist ${quoted(host)}`,
      ],
      form === "multi_region"
        ? "Ein SDK mit SigV4A verwenden (AWS Common Runtime), wie für Zugangspunkte in mehreren Regionen, oder einen Endpunkt einer einzelnen Region aufrufen."
        : "Das Werkzeug oder die Bibliothek aktualisieren, Version 4 wählen, wo es beide gibt (s3v4), und die Region setzen.",
    ),
  "aws.web_identity": ({ protocol, reason, issuer, subject }) =>
    tell(
      protocol === "saml"
        ? "AWS nimmt die SAML-Assertion in der Anfrage nicht an."
        : "AWS nimmt das Token des anderen Ausstellers in der Anfrage nicht an.",
      [
        `abgelehnt wird es durch ${quoted(reason)}`,
        issuer !== null && `ausgestellt hat es ${quoted(issuer)}`,
        subject !== null && `sein Subjekt ist ${quoted(subject)}`,
      ],
      reason.startsWith("expiration.")
        ? "Für jeden Tausch ein neues Token holen und die Datei jedes Mal neu lesen: Längst steht dort ein neues."
        : "Die Claims iss, aud und sub Zeichen für Zeichen mit dem Identity-Provider in IAM und den Bedingungen der Trust Policy der Rolle vergleichen.",
    ),
  "aws.unknown_route": ({ host, method, path, withAuthorization }) =>
    tell(
      "API Gateway kennt diese Route nicht und spricht von einem Token.",
      [
        withAuthorization
          ? "eine Anfrage, die zu keiner Route passt, wird als Anfrage an AWS gelesen und ihr Authorization als kaputte Signatur"
          : "eine Anfrage, die zu keiner Route passt, wird beantwortet, als fehlte ihre Signatur",
        (method !== null || path !== null) &&
          `die Route ist ${names([method ?? "", path ?? ""].filter(Boolean))}`,
        host !== null && `der Host ist ${quoted(host)}`,
      ],
      "Pfad, Stage und Methode berichtigen und die API neu deployen. Gibt es die Route mit IAM-Autorisierung, die Anfrage signieren.",
    ),
  ...AWS_TIMES,
  ...AWS_SIGNATURES,
};

function mixed({ how, keyId }: Facts["aws.session_token_mixed"]): CauseWords {
  return tell(
    {
      long_term_key:
        "Ein Session-Token steht neben einem langfristigen Schlüssel.",
      empty: "Ein leeres Session-Token wurde gesendet.",
      repeated: "Das Session-Token wurde mehr als einmal gesendet.",
      other_account: "Das Session-Token ist das eines anderen Kontos.",
      other_session: "Das Session-Token ist das einer anderen Sitzung.",
    }[how],
    [
      keyId !== null && `die Schlüssel-ID ist ${quoted(keyId)}`,
      {
        long_term_key:
          "ein Schlüssel, der mit AKIA beginnt, hat kein Session-Token",
        empty: "X-Amz-Security-Token ist da und leer",
        repeated: "zwei Token stehen, wo eines hingehört",
        other_account:
          "die Kontonummer im Token ist nicht die in der Schlüssel-ID",
        other_session:
          "das Token steht in der Umgebung oder einer Datei neben einem anderen Schlüssel",
      }[how],
    ],
    how === "long_term_key" || how === "empty"
      ? "aws_session_token und aws_security_token aus dem Profil entfernen und beide Variablen löschen. In Mustern die Zeile weglassen, wenn es kein Token gibt."
      : "Alle drei Werte auf einmal schreiben, aus einer Antwort von STS.",
  );
}

function malformed({
  problem,
  part,
}: Facts["aws.header_malformed"]): CauseWords {
  return tell(
    "Der Header Authorization ist keiner der Signature Version 4.",
    [
      {
        other_scheme: "ein anderes Schema steht, wo eine Signatur hingehört",
        name_in_value: "der Wert beginnt mit dem Namen des Headers",
        part_missing: "ein Teil davon fehlt",
        key_id_empty: "die Schlüssel-ID ist leer",
        separators: "seine Teile sind nicht durch Kommas getrennt",
        two_mechanisms:
          "die URL ist signiert, und die Anfrage hat außerdem Authorization",
        scope: "der Credential Scope ist nicht so gebaut, wie er sein muss",
        unreadable: "er ist nicht lesbar",
      }[problem],
      part !== null && `es geht um ${quoted(part)}`,
    ],
    problem === "key_id_empty"
      ? "Den Lauf mit einer klaren Meldung abbrechen lassen, wenn die Variablen des Schlüssels leer sind, und sie setzen."
      : problem === "two_mechanisms"
        ? "Eine vorsignierte URL mit einer einfachen Anfrage holen: das eigene Authorization weglassen, wenn eine Weiterleitung zu einem anderen Host führt."
        : "Ein SDK oder einen erprobten Signierer wie curl --aws-sigv4 verwenden. Der Wert beginnt mit AWS4-HMAC-SHA256, und zwischen den drei Teilen stehen Kommas.",
  );
}
