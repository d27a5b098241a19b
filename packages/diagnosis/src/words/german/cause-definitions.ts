import { AWS_DEFINITIONS } from "./cause-definitions-aws.ts";
import { OAUTH_DEFINITIONS } from "./cause-definitions-oauth.ts";
import type { CauseCode } from "../../causes.ts";

/** What each cause means, in one sentence. */
export const CAUSE_DEFINITIONS: Readonly<Record<CauseCode, string>> = {
  "time.expired":
    "Das Token war so lange gültig wie vorgesehen, und niemand hat es erneuert.",
  "time.clock_ahead":
    "Die prüfende Uhr zeigt eine spätere Zeit an, als es ist, sodass gültige Token abgelaufen aussehen.",
  "time.clock_behind":
    "Die prüfende Uhr zeigt eine frühere Zeit an als die des Ausstellers, sodass gültige Token noch nicht gültig aussehen.",
  "time.milliseconds":
    "Ein Zeit-Claim zählt Millisekunden oder noch feiner, der Standard aber Sekunden.",
  "time.lifetime_unit":
    "Die Gültigkeitsdauer wurde in einer Einheit gesetzt und in einer anderen gelesen, sodass sie viel zu kurz oder viel zu lang ist.",
  "time.zero_lifetime": "Das Ende des Tokens liegt nicht nach seinem Beginn.",
  "time.zone_offset":
    "Jemand hat Ortszeit als UTC geschrieben, und ein Zeit-Claim liegt um ganze oder halbe Stunden daneben.",
  "time.not_numeric":
    "Ein Zeit-Claim ist Text, etwa eine Zahl in Anführungszeichen oder ein Datum.",
  "time.delayed_start":
    "Der Aussteller hat den Beginn mit Absicht später gesetzt als die Ausstellung.",
  "time.limit_edge":
    "Alter oder Gültigkeitsdauer liegt genau an der Grenze des Verifiers oder knapp darüber.",
  "time.proof_reused":
    "Eine Assertion oder ein Proof, der jedes Mal neu zu erzeugen ist, wurde aufbewahrt und noch einmal gesendet.",
  "token.absent":
    "Der Client hat der Anfrage kein Token mitgegeben: Eine Variable war leer, oder der Header fehlte.",
  "token.placeholder":
    "Der Name einer Variable oder ein Wort für keinen Wert wurde gesendet, wo das Token hingehört.",
  "token.scheme_repeated":
    "Das Wort Bearer oder ein ähnliches steht zweimal vor dem Token oder im Token selbst.",
  "token.scheme_missing":
    "Das Token wurde ohne sein Schema gesendet, oder mit einem anderen Wort oder einem Doppelpunkt an dessen Stelle.",
  "token.quoted":
    "Anführungszeichen, Klammern oder Backslashes einer anderen Syntax wurden mit dem Token gesendet.",
  "token.whitespace":
    "Leerzeichen, Zeilenenden oder unsichtbare Zeichen stehen vor oder nach dem Token.",
  "token.line_wrapped": "Im Token stehen Zeilenenden oder Leerzeichen.",
  "token.truncated":
    "Ein Teil des Tokens, meist sein Ende, ging unterwegs verloren.",
  "token.concatenated":
    "Vor oder nach einem intakten Token hängt ein weiteres Token oder anderer Text.",
  "token.percent_encoded":
    "Das Token wurde für eine URL kodiert und nicht wieder dekodiert.",
  "token.base64_not_url":
    "Das Token ist in gewöhnlichem base64 geschrieben, wo base64url ohne Padding verlangt ist.",
  "token.double_encoded":
    "Das Token als Ganzes wurde einmal mehr kodiert als nötig.",
  "token.json_instead":
    "Ein JSON-Dokument, oft die ganze Antwort des Ausstellers, wurde anstelle des Tokens darin gesendet.",
  "token.error_instead":
    "Eine Fehlerseite oder Fehlerantwort wurde für ein Token gehalten und gesendet.",
  "token.key_instead":
    "Ein Schlüssel, Passwort oder API-Schlüssel wurde gesendet, wo ein Token verlangt ist.",
  "token.opaque":
    "Das Token hat keinen eigenen Inhalt und lässt sich nur beurteilen, indem man seinen Aussteller fragt.",
  "token.encrypted":
    "Das Token ist für jemand anderen verschlüsselt, oder der Schlüssel zum Öffnen fehlt hier.",
  "token.malformed":
    "Wer das Token erzeugt hat, hat die Regeln seiner Form verletzt.",
  "token.oversized":
    "Das Token enthält so viel, dass es eine Grenze überschreitet.",
  "token.altered":
    "Header oder Payload wurden verändert, nachdem das Token signiert war.",
  "token.forged": "Das Token trägt das Muster eines bekannten Angriffs.",
  "kind.id_token":
    "Der Client hat das ID-Token, das ihm sagt, wer sich angemeldet hat, an eine API gesendet.",
  "kind.access_token":
    "Der Client hat ein Access-Token vorgelegt, wo ein ID-Token verlangt ist.",
  "kind.refresh_token":
    "Der Client hat das Refresh-Token, das allein für den Aussteller ist, an eine API gesendet.",
  "kind.proof":
    "Der Client hat eine Assertion, einen Proof oder ein Logout-Token wie ein Access-Token gesendet.",
  "kind.other_resource":
    "Das Token ist so beschaffen, dass nur die Resource es prüfen kann, für die es bestimmt ist.",
  "key.secret_encoding":
    "Eine Seite dekodiert das gemeinsame Geheimnis aus base64 oder hex, und die andere nimmt seinen Text.",
  "key.secret_whitespace":
    "Ein Zeilenende, ein Leerzeichen oder Anführungszeichen wurden Teil des konfigurierten Geheimnisses oder Schlüssels.",
  "key.secret_interpolated":
    "Eine Shell oder eine env-Datei hat einen Teil des Geheimnisses ersetzt, meist an einem Dollarzeichen.",
  "key.pem_damaged":
    "Das konfigurierte PEM hat seine Zeilenenden oder einen Teil seiner ersten oder letzten Zeile verloren.",
  "key.wrong_form":
    "Der richtige Schlüssel ist in einer Form konfiguriert, die der Verifier nicht nimmt.",
  "key.wrong_type":
    "Der konfigurierte Schlüssel kann nicht zum Algorithmus des Tokens gehören.",
  "key.too_small":
    "Das Geheimnis oder der RSA-Schlüssel ist kürzer, als sicher ist, und wird deshalb abgelehnt.",
  "key.rotated":
    "Der Aussteller signiert mit einem neuen Schlüssel, und der Verifier hat noch einen älteren Schlüsselsatz.",
  "key.retired":
    "Der Aussteller veröffentlicht den Schlüssel nicht mehr, mit dem dieses ältere Token signiert ist.",
  "key.id_missing":
    "Der Header nennt keinen Schlüssel, wo mehrere in Frage kommen.",
  "key.id_form":
    "Header und Schlüsselsatz nennen denselben Schlüssel auf zwei verschiedene Weisen.",
  "key.id_reused":
    "Ein kid steht zu verschiedenen Zeiten oder an verschiedenen Orten für verschiedene Schlüssel.",
  "key.use":
    "Der veröffentlichte Schlüssel ist für etwas anderes gekennzeichnet als das Prüfen von Signaturen.",
  "key.other_issuer":
    "Ein bekannter Schlüssel eines anderen Ausstellers oder einer anderen Umgebung hat das Token signiert.",
  "key.unknown":
    "Ein Schlüssel, den hier niemand kennt, hat das Token signiert.",
  "key.set_empty":
    "Der Schlüsselsatz des Ausstellers hat keinen Schlüssel, der etwas prüfen kann.",
  "key.set_wrong_document":
    "Die Adresse, die den Schlüsselsatz liefern soll, liefert ein anderes Dokument.",
  "key.set_unreachable":
    "Die Adresse, die den Schlüsselsatz liefern soll, antwortet nicht oder mit einem Fehler.",
  "key.set_unsupported_member":
    "Ein Schlüssel, den der Verifier nicht versteht, lässt ihn den ganzen Satz verwerfen oder den richtigen Schlüssel verfehlen.",
  "key.algorithm_label":
    "Der richtige Schlüssel nennt einen anderen Algorithmus als den, mit dem er signiert, oder keinen.",
  "signature.der":
    "Die ECDSA-Signatur ist in DER verpackt, wo JOSE die beiden Zahlen hintereinander will.",
  "signature.hex":
    "Die Signatur wurde als Text geschrieben, und dieser Text wurde kodiert statt ihrer Bytes.",
  "signature.padding_scheme":
    "Die RSA-Signatur ist von der Art PSS, wo der Header PKCS#1 v1.5 nennt, oder umgekehrt.",
  "signature.hash":
    "Die Signatur wurde mit einem anderen Hash berechnet, als der Header sagt.",
  "signature.input":
    "Signiert wurde ein anderer Text als der, der gesendet wird.",
  "algorithm.mismatch":
    "Der Aussteller ist auf den einen Algorithmus eingestellt und der Verifier auf einen anderen.",
  "algorithm.name":
    "Der Header schreibt den richtigen Algorithmus anders als der Standard.",
  "issuer.trailing_slash":
    "Erwarteter und tatsächlicher Aussteller unterscheiden sich durch einen Schrägstrich am Ende.",
  "issuer.scheme":
    "Erwarteter und tatsächlicher Aussteller unterscheiden sich in http und https, oder einem fehlt das Schema.",
  "issuer.host_alias":
    "Erwarteter und tatsächlicher Aussteller sind zwei Adressen eines Servers.",
  "issuer.case":
    "Erwarteter und tatsächlicher Aussteller unterscheiden sich in der Groß- und Kleinschreibung.",
  "issuer.tenant":
    "Das Token stammt von einem anderen Mandanten, Realm oder Pool, oder der erwartete Aussteller ist eine Vorlage.",
  "issuer.version":
    "Das Token stammt von einer anderen Version des erwarteten Ausstellers.",
  "issuer.environment":
    "Das Token kommt aus Staging, wo Produktion erwartet wird, oder Ähnliches.",
  "issuer.other":
    "Das Token kommt von einem Aussteller, der mit dem erwarteten nichts zu tun hat.",
  "audience.absent":
    "Der Aussteller schreibt in solche Token keine Audience, oder es wurde keine angefordert.",
  "audience.client_id":
    "Die ID eines Clients steht, wo die Kennung der API verlangt ist, oder umgekehrt.",
  "audience.form":
    "Erwartete und tatsächliche Audience sind ein und dieselbe, verschieden geschrieben.",
  "audience.default":
    "Der Client hat keine API genannt, und der Aussteller hat seine eigene Standard-Audience eingesetzt.",
  "audience.environment":
    "Das Token gilt für dieselbe API in einer anderen Umgebung.",
  "audience.other":
    "Das Token wurde für eine API ausgestellt, die mit dieser nichts zu tun hat.",
  "claim.absent":
    "Der Aussteller schreibt einen nötigen Claim nicht in das Token.",
  "claim.shape":
    "Ein nötiger Claim ist da, aber unter einem anderen Namen oder als anderer JSON-Typ.",
  "claim.value": "Ein Claim ist da, aber sein Wert ist nicht der verlangte.",
  "claim.nonce":
    "Das ID-Token ist die Antwort auf eine andere Anmeldung als die jetzige.",
  "scope.claim_name":
    "Die Berechtigungen stehen im Token, aber in einem Claim, den der Verifier nicht liest.",
  "scope.shape":
    "Die Scopes stehen im Token, aber in einer anderen Form als der eines Strings mit Leerzeichen.",
  "scope.prefix":
    "Die Scopes stehen im Token, aber mit einem anderen Präfix oder in anderer Groß- und Kleinschreibung.",
  "scope.not_granted":
    "Der Client hat den Scope nicht angefordert oder nicht bekommen.",
  "scope.lost_on_refresh":
    "Das erneuerte Token hat weniger Scopes als das davor.",
  "scope.application_only":
    "Das Token steht für eine Anwendung allein, und die Anfrage verlangt Scopes eines Benutzers.",
  "scope.step_up":
    "Die Anfrage verlangt eine stärkere oder frischere Anmeldung als die hinter dem Token.",
  "binding.scheme_downgraded":
    "Ein mit DPoP gebundenes Token wurde als Bearer-Token oder ohne seinen Proof gesendet.",
  "binding.proxy_rewrote_url":
    "Ein Proxy hat Schema, Host oder Pfad verändert, sodass der Proof eine andere URL nennt, als die API sieht.",
  "binding.other_key":
    "Der Client verwendet ein anderes Schlüsselpaar oder Zertifikat als das, für das das Token ausgestellt wurde.",
  "binding.certificate_not_forwarded":
    "Der Proxy, der TLS beendet, behält das Client-Zertifikat für sich.",
  "binding.proof_stale":
    "Der Proof gehört zu einer früheren Anfrage, einem früheren Token oder einer früheren Zeit.",
  "binding.nonce_required":
    "Der Server verlangt seine Nonce im Proof, und der Client muss die Anfrage erst noch damit wiederholen.",
  "revoked.by_user":
    "Der Benutzer hat sich abgemeldet, die Zustimmung zurückgenommen oder das Passwort geändert.",
  "revoked.by_administrator":
    "Ein Administrator oder eine Regel hat widerrufen, gesperrt oder gelöscht, worauf das Token beruht.",
  "revoked.refresh_reuse":
    "Ein Refresh-Token kam zweimal, und zur Sicherheit wurde alles aus seiner Familie widerrufen.",
  "revoked.not_before":
    "Token, die vor einem bestimmten Zeitpunkt ausgestellt wurden, zählen nicht mehr.",
  "status.unreachable":
    "Die Statusliste oder der Introspection-Endpunkt hat nicht geantwortet, oder die Antwort ist zu alt.",
  "verifier.too_strict": "Der Verifier verlangt mehr als die Standards.",
  "verifier.unsupported":
    "Der Plattform des Verifiers fehlt der Algorithmus, die Kurve oder die Form, die das Token braucht.",
  "verifier.not_configured":
    "Eine Einstellung des Verifiers fehlt, oder eine andere als die gemeinte ist in Kraft.",
  "transit.header_stripped":
    "Ein Proxy, Server oder Framework hat den Header mit dem Token entfernt.",
  "transit.redirect":
    "Bei einer Weiterleitung hat der Client das Token weggelassen oder an einen anderen Host gesendet.",
  "transit.overwritten":
    "Ein Gateway hat andere Zugangsdaten in den Header Authorization gesetzt.",
  "transit.wrong_place":
    "Das Token wurde unter einem anderen Header, in der Query, in einem Cookie oder im Body gesendet.",
  "transit.preflight":
    "Vom CORS-Preflight eines Browsers wurde ein Token verlangt, das er nie tragen kann.",
  "transit.insecure":
    "Das Token wurde ohne TLS gesendet, sodass andere es lesen konnten.",
  "transit.too_large":
    "Header oder Cookie überschreiten die Größengrenze eines Servers oder Proxys auf dem Weg.",
  ...OAUTH_DEFINITIONS,
  ...AWS_DEFINITIONS,
};
