/** Of times, audiences, claims and scopes, of proofs, and of what is revoked. */
export const OF_CLAIMS: Readonly<Record<string, string>> = {
  // JSON types.
  string: "ein String",
  number: "eine Zahl",
  boolean: "ein Boolean",
  array: "ein Array",
  object: "ein Objekt",
  null: "null",
  undefined: "undefined",
  "string or array of strings": "ein String oder ein Array von Strings",
  "array with other members": "ein Array mit anderen Elementen als Strings",
  "number beyond all bounds": "eine Zahl jenseits aller Grenzen",
  "SHA-256 in base64url": "SHA-256 in base64url",
  hex: "Hexadezimaldarstellung",
  "another form": "eine andere Form",

  // Times.
  "a number beyond all bounds": "eine Zahl jenseits aller Grenzen",
  "a JSON object": "ein JSON-Objekt",
  "a JSON boolean": "ein JSON-Boolean",
  "a number in quotation marks": "eine Zahl in Anführungszeichen",
  "a date in the form of ISO 8601": "ein Datum in der Form von ISO 8601",
  "a date in words": "ein Datum in Worten",
  "a length of time": "eine Zeitdauer",
  "an empty text": "ein leerer Text",
  "a text": "ein Text",
  milliseconds: "Millisekunden",
  minutes: "Minuten",
  "seconds from the time of issue": "Sekunden ab der Ausstellung",
  "minutes since 1970": "Minuten seit 1970",
  "hours since 1970": "Stunden seit 1970",
  "days since 1970": "Tage seit 1970",
  "the issuer's clock": "die Uhr des Ausstellers",
  "the client's clock": "die Uhr des Clients",
  "the service's clock": "die Uhr des Dienstes",
  "the issuer's clock, as the token shows it":
    "die Uhr des Ausstellers, wie das Token sie zeigt",
  "the Date of the answer": "der Header Date der Antwort",
  "the clock of a server": "die Uhr eines Servers",
  "the client assertion": "die Client-Assertion",
  "client assertion": "Client-Assertion",

  // Audiences.
  "a slash at the end": "ein Schrägstrich am Ende",
  "prefix, slash or case":
    "Präfix, Schrägstrich oder Groß- und Kleinschreibung",
  "several audiences in one text": "mehrere Audiences in einem Text",
  "http and https": "http und https",
  "a path at the end": "ein Pfad am Ende",
  "the port": "der Port",
  "Keycloak's own account console": "Keycloaks eigene Account-Konsole",
  "Keycloak's own administration client":
    "Keycloaks eigener Administrations-Client",
  "Keycloak's own broker client": "Keycloaks eigener Broker-Client",
  "Supabase's default audience": "die Standard-Audience von Supabase",
  "the default resource id of Spring's authorization server":
    "die Standard-Resource-ID des Autorisierungsservers von Spring",
  "the issuer's own OpenID scopes": "die eigenen OpenID-Scopes des Ausstellers",
  "the UAA itself": "die UAA selbst",
  "the cluster's API server": "der API-Server des Clusters",
  "the userinfo endpoint of AD FS": "der Userinfo-Endpunkt von AD FS",
  "the default authorization server of Okta":
    "der Standard-Autorisierungsserver von Okta",
  "the audience for AWS STS": "die Audience für AWS STS",
  "the audience for Entra's token exchange":
    "die Audience für den Token-Austausch von Entra",
  "Microsoft Graph": "Microsoft Graph",
  "Azure AD Graph": "Azure AD Graph",
  "Azure Resource Manager": "Azure Resource Manager",
  "the PingOne platform": "die Plattform PingOne",
  "the issuer's userinfo endpoint": "der Userinfo-Endpunkt des Ausstellers",
  "Auth0's management API": "die Management-API von Auth0",
  "GitHub's default audience, the owner of the repository":
    "die Standard-Audience von GitHub, der Eigentümer des Repositorys",
  "the issuer itself": "der Aussteller selbst",
  "the issuer's own resources": "die eigenen Resources des Ausstellers",

  // An application alone.
  "the claim idtyp is app": "der Claim idtyp ist app",
  "the grant was client credentials": "der Grant war Client Credentials",
  "the claim preferred_username names a service account":
    "der Claim preferred_username nennt ein Dienstkonto",
  "the claim sub names a client": "der Claim sub nennt einen Client",
  "the claim sub is the client itself": "der Claim sub ist der Client selbst",
  "the token names a client, and nothing of a user":
    "das Token nennt einen Client und nichts von einem Benutzer",

  // Scopes.
  "an array of objects": "ein Array von Objekten",
  "an array with several scopes in one text":
    "ein Array mit mehreren Scopes in einem Text",
  "text with commas": "Text mit Kommas",
  "text with plus signs": "Text mit Pluszeichen",
  "text with encoded blanks": "Text mit kodierten Leerzeichen",
  "text with semicolons": "Text mit Semikolons",
  "text with bars": "Text mit senkrechten Strichen",
  "a JSON array written as text": "ein JSON-Array, als Text geschrieben",
  "text in quotation marks": "Text in Anführungszeichen",
  "URLs in place of names": "URLs statt Namen",
  "a stronger sign-in": "eine stärkere Anmeldung",

  // Proofs.
  "the header has no jwk": "der Header hat kein jwk",
  "jwk holds a private or secret key":
    "jwk enthält einen privaten oder geheimen Schlüssel",
  "it was made long ago": "der Proof ist vor langer Zeit ausgestellt",
  "another proof stands beside it in the request":
    "in der Anfrage steht ein weiterer Proof daneben",
  "it was made without an access token, as for the token endpoint":
    "der Proof ist ohne Access-Token erzeugt, wie für den Token-Endpunkt",
  "a proof with this jti was used before":
    "ein Proof mit diesem jti wurde schon benutzt",
  "the proof does not fit the request": "der Proof passt nicht zur Anfrage",
  "its ath is the hash of the token before the refresh":
    "ath ist der Hash des Tokens vor dem Erneuern",
  "its ath is the hash of the token that the client has, which is not the one that arrived":
    "ath ist der Hash des Tokens, das der Client hat; angekommen ist ein anderes",
  "its ath is not the hash of this token":
    "ath ist nicht der Hash dieses Tokens",
  scheme: "Schema",
  host: "Host",
  port: "Port",
  "path prefix": "Präfix des Pfads",
  "slash at the end": "Schrägstrich am Ende",
  "encoding of the path": "Kodierung des Pfads",

  // Revocation.
  "the status list has expired": "die Statusliste ist abgelaufen",
  "the status list is for another uri":
    "die Statusliste gilt für eine andere uri",
  "the answer is no status list": "die Antwort ist keine Statusliste",
  "the keys of the status list are not known":
    "die Schlüssel der Statusliste sind nicht bekannt",
  "the answer is no introspection response":
    "die Antwort ist keine Introspection-Antwort",
  "the claim status is not an object": "der Claim status ist kein Objekt",
  "idx is not an integer of at least 0": "idx ist keine ganze Zahl ab 0",
  "uri is not an absolute URI": "uri ist keine absolute URI",
  "status_list is not an object": "status_list ist kein Objekt",
  "bits is none of 1, 2, 4, 8": "bits ist keiner der Werte 1, 2, 4, 8",
  "lst is not base64url without padding": "lst ist kein base64url ohne Padding",
  "lst is not a ZLIB stream": "lst ist kein ZLIB-Strom",
  "typ is not statuslist+jwt": "typ ist nicht statuslist+jwt",
  "ttl is not a number above 0": "ttl ist keine Zahl über 0",
};
