/** Of the way to the API, of the verifier's settings, of steps that nobody asked for, and of what would tell more. */
export const OF_THE_WAY: Readonly<Record<string, string>> = {
  // Places of a token.
  "Authorization header": "Header Authorization",
  "signed URL": "signierte URL",

  // Who drops a header.
  "Apache with mod_wsgi, which drops the header unless WSGIPassAuthorization is on":
    "Apache mit mod_wsgi, das den Header entfernt, wenn WSGIPassAuthorization nicht eingeschaltet ist",
  "the FastCGI or CGI interface, which passes the header on only when it is told to":
    "die FastCGI- oder CGI-Schnittstelle, die den Header nur auf Anweisung weitergibt",
  "Apache in front of PHP, which passes the header on only when it is told to (CGIPassAuth)":
    "Apache vor PHP, der den Header nur auf Anweisung weitergibt (CGIPassAuth)",
  "Passenger under Apache": "Passenger unter Apache",
  "Apache, which keeps the header from what it starts unless CGIPassAuth or a rewrite rule passes it on":
    "Apache, der den Header an Programme, die er startet, nur durch CGIPassAuth oder eine Rewrite-Regel weitergibt",
  "IIS, where a module may take the header for its own authentication":
    "IIS, wo ein Modul den Header für die eigene Authentifizierung nehmen kann",
  "LiteSpeed, which passes the header on only when it is told to":
    "LiteSpeed, das den Header nur auf Anweisung weitergibt",
  "nginx, where proxy_set_header or an authentication of its own replaces the header":
    "nginx, wo proxy_set_header oder eine eigene Authentifizierung den Header ersetzt",
  "CloudFront, which drops the header unless the cache policy names it or, uncached, the policy AllViewer passes it on":
    "CloudFront, das den Header entfernt, es sei denn, die Cache Policy nennt ihn oder, ohne Caching, die Policy AllViewer gibt ihn weiter",
  "Envoy, which removes the header when a filter consumes the token":
    "Envoy, das den Header entfernt, wenn ein Filter das Token verbraucht",
  "Kong, where a plug-in may hide the credentials":
    "Kong, wo ein Plug-in die Zugangsdaten verbergen kann",
  "a proxy on the way": "ein Proxy auf dem Weg",

  // Settings of the verifier.
  "the issuer": "der Aussteller",
  "the audience": "die Audience",
  "the key": "der Schlüssel",
  "the public key": "der öffentliche Schlüssel",
  "the shared secret": "das gemeinsame Geheimnis",
  "the list of algorithms": "die Liste der Algorithmen",
  "the header that holds the client certificate":
    "der Header, der das Client-Zertifikat enthält",
  "the verifier's own access to the status":
    "der eigene Zugang des Verifiers zum Status",
  "the scheme DPoP": "das Schema DPoP",
  "its limit for the lifetime is shorter than what the issuer gives":
    "seine Grenze für die Gültigkeitsdauer ist kürzer als das, was der Aussteller gibt",
  "an array in aud": "ein Array in aud",
  "several scopes in one text": "mehrere Scopes in einem Text",
  "the critical header parameter": "der kritische Headerparameter",

  // Why a step was not asked for.
  "no request is known": "keine Anfrage ist bekannt",
  "neither the policy nor the token demands a proof":
    "weder die Policy noch das Token verlangt einen Nachweis",
  "the policy names no scope": "die Policy nennt keinen Scope",
  "the policy names no issuer": "die Policy nennt keinen Aussteller",
  "the policy names no audience, party or claim":
    "die Policy nennt keine Audience, keinen Client und keinen Claim",
  "the policy names nobody who knows what is revoked":
    "die Policy nennt niemanden, der weiß, was widerrufen ist",
  "nobody is known who says what is revoked":
    "niemand ist bekannt, der sagt, was widerrufen ist",
  "neither the token nor the request is known":
    "weder das Token noch die Anfrage ist bekannt",

  // What would tell more.
  "not everything was tried: the input is too costly to go through":
    "nicht alles wurde versucht: die Eingabe ist zu aufwendig, um sie ganz durchzugehen",
  "the request as the client sent it would tell whether the header DPoP was lost on the way":
    "die Anfrage, wie der Client sie gesendet hat, würde zeigen, ob der Header DPoP unterwegs verloren ging",
  "the request with its headers would tell whether a proof was sent":
    "die Anfrage mit ihren Headern würde zeigen, ob ein Proof gesendet wurde",
  "the headers that the proxy adds would tell whether the client showed a certificate":
    "die Header, die der Proxy hinzufügt, würden zeigen, ob der Client ein Zertifikat vorgelegt hat",
  "the headers that the proxy adds would tell which address the client called":
    "die Header, die der Proxy hinzufügt, würden zeigen, welche Adresse der Client aufgerufen hat",
  "the token before the refresh would tell whether the proof was made for it":
    "das Token vor dem Erneuern würde zeigen, ob der Proof dafür gemacht wurde",
  "the request as it left the client would tell whether the token was dropped on the way":
    "die Anfrage, wie sie den Client verließ, würde zeigen, ob das Token unterwegs entfernt wurde",
  "the token as the issuer made it would tell whether it was changed on its way":
    "das Token, wie der Aussteller es ausgestellt hat, würde zeigen, ob es unterwegs verändert wurde",
  "the issuer's earlier keys would tell whether the key was rotated or withdrawn":
    "die früheren Schlüssel des Ausstellers würden zeigen, ob der Schlüssel gewechselt oder zurückgezogen wurde",
  "the client's request to the issuer would tell whether it named this API as audience or resource":
    "die Anfrage des Clients an den Aussteller würde zeigen, ob er diese API als audience oder resource genannt hat",
  "the key set that the issuer publishes now would tell whether the verifier's copy is old":
    "der Schlüsselsatz, den der Aussteller jetzt veröffentlicht, würde zeigen, ob die Kopie des Verifiers veraltet ist",
  "the token request, and the scope in its answer, would tell whether the scope was asked for or not granted":
    "die Token-Anfrage und der Scope in ihrer Antwort würden zeigen, ob der Scope nicht angefordert oder nicht gewährt wurde",
  "the secret with which the issuer signs, compared with the verifier's, would tell more":
    "das Geheimnis, mit dem der Aussteller signiert, würde im Vergleich mit dem des Verifiers mehr zeigen",
  "the issuer's clock beside the verifier's would tell whether a clock is wrong":
    "die Uhr des Ausstellers neben der des Verifiers würde zeigen, ob eine Uhr falsch geht",
  "the issuer's clock and the verifier's, read at one moment, would tell which of them is wrong":
    "die Uhren des Ausstellers und des Verifiers, im selben Moment abgelesen, würden zeigen, welche falsch geht",
  "the issuer's certificates would tell whether the one in x5c is its own":
    "die Zertifikate des Ausstellers würden zeigen, ob das in x5c sein eigenes ist",
  "the issuer's keys would tell whether the signature is right":
    "die Schlüssel des Ausstellers würden zeigen, ob die Signatur stimmt",
  "what the address of the keys answers would tell whether the signature is right":
    "was die Adresse der Schlüssel antwortet, würde zeigen, ob die Signatur stimmt",
  "the verifier's configuration, as it is in force, would tell what it expects":
    "die Konfiguration des Verifiers, wie sie in Kraft ist, würde zeigen, was er erwartet",
  "the issuer that the verifier expects would tell how the token's differs from it":
    "der Aussteller, den der Verifier erwartet, würde zeigen, wie sich der des Tokens davon unterscheidet",
  "the issuer's history would tell who revoked it":
    "die Historie des Ausstellers würde zeigen, wer widerrufen hat",
};
