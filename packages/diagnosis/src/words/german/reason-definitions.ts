import type { Reason } from "@assay/token";

/** What each reason means, in one sentence. */
export const REASON_DEFINITIONS: Readonly<Record<Reason, string>> = {
  "request.token_missing":
    "Die Anfrage hat kein Token an der Stelle, an der die Policy eines verlangt.",
  "request.scheme_unsupported":
    "Der Header Authorization ist da, mit einem anderen Schema als dem der Policy oder mit keinem.",
  "request.header_malformed":
    "Der Header Authorization hat nach seinem Schema mehr als ein Token.",
  "request.token_repeated":
    "Die Anfrage trägt Token an mehreren Stellen, und nichts sagt, welches zählt.",
  "request.transport_insecure":
    "Das Token ging über http ohne TLS zu einer anderen Maschine.",
  "format.empty":
    "Was das Token sein sollte, hat keine Zeichen oder nur Leerraum.",
  "format.not_jwt":
    "Der Wert ist gar kein kompaktes JWS oder JWE: ein opakes Token, ein Platzhalter, ein Schlüssel oder anderer Text.",
  "format.segments":
    "Der Wert hat Punkte, aber ein signiertes Token hat genau zwei davon und ein verschlüsseltes vier.",
  "format.encoding":
    "Ein Teil zwischen den Punkten ist kein strenges base64url: ein fremdes Zeichen, Padding, eine falsche Länge oder überzählige Bits.",
  "format.header":
    "Der Header ist kein JSON-Objekt, hat ein Feld doppelt oder einen Parameter vom falschen Typ.",
  "format.payload":
    "Die Payload ist kein JSON-Objekt oder hat ein Feld doppelt.",
  "format.claim_type":
    "Ein Claim der Standards hat einen anderen JSON-Typ, als die Standards ihm geben.",
  "format.encrypted":
    "Das Token ist ein JWE, das hier nicht gewollt ist oder das keiner der gegebenen Schlüssel öffnet.",
  "format.critical":
    "Der Headerparameter crit ist fehlgeformt oder nennt eine Erweiterung, die dieser Verifier nicht kennt.",
  "format.type":
    "Das Token ist als eine andere Art gekennzeichnet oder zu erkennen als die verlangte, zum Beispiel ein ID-Token bei einer API.",
  "format.too_large":
    "Das Token überschreitet die Grenze für Länge oder Verschachtelung.",
  "signature.algorithm_none":
    "Der Header erklärt das Token für unsigniert, sodass jeder es geschrieben haben könnte.",
  "signature.algorithm_not_allowed":
    "Das Token ist mit einem Algorithmus signiert, den die Policy nicht zulässt.",
  "signature.algorithm_unsupported":
    "Die Policy lässt den Algorithmus zu, aber diese Plattform kann ihn nicht berechnen; das Token bleibt unentschieden.",
  "signature.missing":
    "Der Header nennt einen Algorithmus, aber der Teil für die Signatur ist leer.",
  "signature.key_not_found":
    "Keiner der Schlüssel des Ausstellers hat den Namen und den Algorithmus, die der Header verlangt.",
  "signature.key_ambiguous":
    "Mehrere Schlüssel passen zum Header, und er nennt keinen davon.",
  "signature.key_unsuitable":
    "Der gemeinte Schlüssel kann dem Algorithmus nicht dienen: Typ, Kurve, Verwendung oder Größe ist falsch, oder er ist nicht lesbar.",
  "signature.mismatch":
    "Der Schlüssel passt, aber die Signatur stimmt nicht: Ein anderer Schlüssel hat signiert, oder das Token wurde verändert.",
  "signature.keys_unavailable":
    "Die Schlüssel des Ausstellers ließen sich nicht abrufen, sodass die Signatur unentschieden bleibt.",
  "expiration.missing":
    "Dem Token fehlt exp, oder ihm fehlt iat, von dem an die Policy zählt.",
  "expiration.expired":
    "Die Uhr des Verifiers hat exp erreicht, auch mit der Toleranz.",
  "expiration.not_yet_valid":
    "Die Uhr des Verifiers hat nbf nicht erreicht, auch mit der Toleranz.",
  "expiration.issued_in_future":
    "Nach der Uhr des Verifiers liegt iat um mehr als die Toleranz in der Zukunft.",
  "expiration.too_old":
    "Von iat an gezählt ist das Token älter, als die Policy zulässt.",
  "expiration.lifetime_too_long":
    "Von iat bis exp vergeht mehr Zeit, als die Policy zulässt.",
  "issuer.missing": "Das Token hat keinen Claim iss.",
  "issuer.mismatch":
    "Der Claim iss ist keiner der Aussteller, denen die Policy vertraut, Zeichen für Zeichen verglichen.",
  "audience.missing": "Das Token hat keinen Claim aud.",
  "audience.mismatch":
    "Keiner der Werte in aud ist einer, den die Policy annimmt.",
  "audience.party_mismatch":
    "Der Client, für den das Token ausgestellt wurde, ist keiner, den die Policy annimmt.",
  "audience.claim_missing":
    "Dem Token fehlt ein Claim, den die Policy verlangt.",
  "audience.claim_mismatch":
    "Ein Claim wie sub, nonce oder tenant hat einen anderen Wert, als die Policy verlangt.",
  "binding.proof_missing":
    "Das Token ist an einen Schlüssel oder ein Zertifikat gebunden, und die Anfrage bringt keinen Nachweis dafür.",
  "binding.proof_invalid":
    "Der DPoP-Proof ist fehlerhaft: Form, Typ, Schlüssel, Signatur oder Zeit ist falsch.",
  "binding.key_mismatch":
    "Der Proof oder das Zertifikat gehört zu einem anderen Schlüssel als dem, den das Token in cnf nennt.",
  "binding.request_mismatch":
    "Der Proof wurde für eine andere Methode, eine andere URL oder ein anderes Access-Token erzeugt.",
  "binding.nonce":
    "Dem Proof fehlt die Nonce, die der Server ausgegeben hat, oder er hat eine, die nicht mehr zählt.",
  "binding.replayed":
    "Ein Proof oder Token, das einmal benutzt werden darf, wurde schon benutzt.",
  "scope.missing": "Das Token hat gar keinen Scope.",
  "scope.insufficient":
    "Das Token hat Scopes, aber es fehlt einer, den die Anfrage braucht.",
  "scope.authentication":
    "Die Anmeldung hinter dem Token ist schwächer oder länger her, als die Anfrage braucht.",
  "revocation.token": "Genau dieses Token wurde vor seinem Ende widerrufen.",
  "revocation.grant":
    "Die Zustimmung oder die Familie von Refresh-Token, aus der das Token kam, wurde widerrufen.",
  "revocation.subject":
    "Der Benutzer wurde gesperrt oder gelöscht, oder alle seine Token vor einem bestimmten Zeitpunkt wurden beendet.",
  "revocation.client":
    "Der Client wurde gesperrt, oder alle seine Token wurden beendet.",
  "revocation.key":
    "Der Aussteller hat den Schlüssel zurückgezogen, mit dem das Token signiert ist.",
  "revocation.unavailable":
    "Ob das Token widerrufen ist, ließ sich nicht feststellen, sodass es unentschieden bleibt.",
};
