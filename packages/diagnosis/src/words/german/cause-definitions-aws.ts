import type { AwsFacts } from "../../aws/facts.ts";

export const AWS_DEFINITIONS: Readonly<Record<keyof AwsFacts, string>> = {
  "aws.session_token_missing":
    "Ein temporärer Zugriffsschlüssel wurde ohne das Session-Token verwendet, das zu ihm gehört.",
  "aws.session_token_mixed":
    "Ein Session-Token ist leer, doppelt oder steht neben einem Schlüssel, zu dem es nicht gehört.",
  "aws.session_token_misnamed":
    "Das Session-Token steht unter einem Namen oder in einer Datei, die das Werkzeug nicht liest.",
  "aws.session_expired": "Die temporären Zugangsdaten sind abgelaufen.",
  "aws.partition":
    "Der Schlüssel gehört zu einer Partition von AWS und der Endpunkt zu einer anderen, die ihn nicht kennt.",
  "aws.opt_in_region":
    "Ein Session-Token des globalen STS-Endpunkts wurde in einer Region verwendet, die ein Konto erst freischalten muss.",
  "aws.placeholder_key":
    "Der Schlüssel eines Emulators, Beispiels oder Musters wurde an den echten Dienst gesendet.",
  "aws.key_unknown":
    "Der Schlüssel hat die richtige Form, und der Dienst kennt ihn nicht: gelöscht, deaktiviert oder von einem anderen System.",
  "aws.key_too_new":
    "Der Schlüssel wurde erst vor Augenblicken erzeugt und ist noch nicht überall bekannt.",
  "aws.credential_damaged":
    "Leerraum, Anführungszeichen, ein Kommentar oder ein fehlendes Zeichen hat Schlüssel-ID, Geheimnis oder Session-Token beschädigt.",
  "aws.environment_shadows_profile":
    "Variablen der Umgebung hatten Vorrang vor dem Profil, das gemeint war.",
  "aws.profile":
    "Es wurde ein anderes Profil gelesen als das gemeinte, und an der Umgebung liegt es nicht.",
  "aws.sso_session":
    "Die Single-Sign-on-Sitzung hinter den Zugangsdaten ist zu Ende, oder ihr Cache widerspricht sich.",
  "aws.mfa_required":
    "Die Sitzung wurde ohne zweiten Faktor eröffnet, und die API verlangt einen.",
  "aws.clock_skew":
    "Das Datum der Anfrage ist zu weit von der Uhr des Dienstes entfernt, weil eine Uhr falsch geht.",
  "aws.signature_stale":
    "Die Uhren gehen richtig, und die Anfrage wurde lange vor ihrem Eintreffen signiert.",
  "aws.presigned_expired": "Die vorsignierte URL ist selbst abgelaufen.",
  "aws.presigned_outlives_session":
    "Die vorsignierte URL verspricht mehr Zeit, als die Sitzung hatte, mit der sie signiert wurde.",
  "aws.region":
    "Die Signatur wurde für eine andere Region gemacht als die des Endpunkts.",
  "aws.service":
    "Die Signatur wurde für einen anderen Dienst gemacht als den des Endpunkts.",
  "aws.host_rewritten":
    "Etwas auf dem Weg hat den Host nach dem Signieren geändert.",
  "aws.header_altered":
    "Ein signierter Header wurde nach dem Signieren geändert, hinzugefügt oder entfernt.",
  "aws.path_encoding":
    "Der Pfad oder die Query wurde anders codiert, als sie signiert wurden.",
  "aws.payload_mismatch": "Der Body ist nicht der, dessen Hash signiert wurde.",
  "aws.secret_wrong":
    "Die Signatur lässt sich nur dadurch erklären, dass das Geheimnis nicht zur Schlüssel-ID gehört.",
  "aws.header_malformed":
    "Der Header Authorization ist keiner der Signature Version 4.",
  "aws.signature_version":
    "Die Anfrage wurde mit Signature Version 2 signiert, wo nur Version 4 angenommen wird.",
  "aws.web_identity":
    "Das OIDC- oder SAML-Token im Aufruf AssumeRoleWith ist abgelaufen, für eine andere Audience oder ein anderes Subjekt, oder von einem Aussteller, der nicht registriert ist.",
  "aws.unknown_route":
    "API Gateway kennt die Route nicht und antwortet, als fehlte ein Token oder eine Signatur.",
};
