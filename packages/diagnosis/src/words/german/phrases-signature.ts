/** How a signature was made, over what, and the marks of an attack. */
export const OF_SIGNATURES: Readonly<Record<string, string>> = {
  // What was signed.
  "the segments with their padding": "die Segmente mit ihrem Padding",
  "the decoded JSON of header and payload, with a dot":
    "das dekodierte JSON von Header und Payload, mit einem Punkt",
  "the segments without the dot between them":
    "die Segmente ohne den Punkt dazwischen",
  "the right text with a line end after it":
    "der richtige Text mit einem Zeilenende danach",
  "the segments in ordinary base64 with padding":
    "die Segmente in gewöhnlichem base64 mit Padding",
  "the payload's segment alone": "das Segment der Payload allein",
  "the hash of the right text, hashed once more":
    "der Hash des richtigen Texts, noch einmal gehasht",
  "the decoded payload alone": "die dekodierte Payload allein",
  "the decoded JSON of header and payload":
    "das dekodierte JSON von Header und Payload",
  "the header's segment and the decoded payload":
    "das Segment des Headers und die dekodierte Payload",
  "the decoded header and the payload's segment":
    "der dekodierte Header und das Segment der Payload",
  "the header's segment alone": "das Segment des Headers allein",
  "the payload's segment with the dot before it":
    "das Segment der Payload mit dem Punkt davor",
  "the segments in the reverse order":
    "die Segmente in umgekehrter Reihenfolge",
  "the right text in UTF-16": "der richtige Text in UTF-16",
  "the right text in UTF-16, the other byte first":
    "der richtige Text in UTF-16, das andere Byte zuerst",
  "the right text with a byte-order mark before it":
    "der richtige Text mit einer Byte-Order-Mark davor",
  "the right text in base64 once more":
    "der richtige Text noch einmal in base64",
  "the right text in base64url once more":
    "der richtige Text noch einmal in base64url",
  "the right text in quotation marks": "der richtige Text in Anführungszeichen",
  "the right text with a carriage return and a line end after it":
    "der richtige Text mit Wagenrücklauf und Zeilenende danach",
  "the right text with a dot after it":
    "der richtige Text mit einem Punkt danach",
  "the right text with a blank after it":
    "der richtige Text mit einem Leerzeichen danach",
  "the right text with a NUL character after it":
    "der richtige Text mit einem NUL-Zeichen danach",
  "the segments in ordinary base64 without padding":
    "die Segmente in gewöhnlichem base64 ohne Padding",
  "the header's segment with its padding":
    "das Segment des Headers mit seinem Padding",
  "the payload's segment with its padding":
    "das Segment der Payload mit seinem Padding",
  "the header in ordinary base64": "der Header in gewöhnlichem base64",
  "the payload in ordinary base64": "die Payload in gewöhnlichem base64",
  "the segments with percent-encoded padding":
    "die Segmente mit prozentkodiertem Padding",
  "the segments in base64 with line ends":
    "die Segmente in base64 mit Zeilenenden",
  "the hash of the right text in hexadecimal":
    "der Hash des richtigen Texts in Hexadezimaldarstellung",
  "the hash of the right text in base64":
    "der Hash des richtigen Texts in base64",
  "the payload's JSON written otherwise":
    "das JSON der Payload, anders geschrieben",
  "the header's JSON written otherwise":
    "das JSON des Headers, anders geschrieben",
  "the JSON of header and payload written otherwise":
    "das JSON von Header und Payload, anders geschrieben",
  "another header": "ein anderer Header",
  "the payload without a claim that was added":
    "die Payload ohne einen Claim, der hinzugefügt wurde",

  // How it was made.
  "HMAC with SHA-1": "HMAC mit SHA-1",
  "PKCS#1 v1.5 without the name of the hash":
    "PKCS#1 v1.5 ohne den Namen des Hash",
  "RSASSA-PSS with SHA-1": "RSASSA-PSS mit SHA-1",

  // Marks of an attack.
  "it was signed with a key that it brings along itself in jwk":
    "es ist mit einem Schlüssel signiert, den es selbst in jwk mitbringt",
  "it brings a key of its own in jwk":
    "es bringt in jwk einen eigenen Schlüssel mit",
  "it was signed with the key of a certificate that it brings along itself in x5c":
    "es ist mit dem Schlüssel eines Zertifikats signiert, das es selbst in x5c mitbringt",
  "kid is a path, a query or a command in place of a name":
    "kid ist ein Pfad, eine Abfrage oder ein Befehl statt eines Namens",
  "kid is a path, a query or a command, and the token is signed with what that would give":
    "kid ist ein Pfad, eine Abfrage oder ein Befehl, und das Token ist mit dem signiert, was dabei herauskäme",
  "the signature was taken away, and the header still names an algorithm":
    "die Signatur wurde entfernt, und der Header nennt noch einen Algorithmus",
  "alg is none in another spelling, so that a filter lets it pass":
    "alg ist none in anderer Schreibweise, damit ein Filter es durchlässt",
  "alg is none: nobody signed it": "alg ist none: niemand hat es signiert",
  "an ECDSA signature of zeros": "eine ECDSA-Signatur aus Nullen",
  "an HMAC algorithm where a public key is configured":
    "ein HMAC-Algorithmus, wo ein öffentlicher Schlüssel konfiguriert ist",
  "it is signed with a well-known secret out of examples":
    "es ist mit einem allbekannten Geheimnis aus Beispielen signiert",

  // A public key's texts.
  "the public key's PEM text": "der PEM-Text des öffentlichen Schlüssels",
  "the public key's DER bytes": "die DER-Bytes des öffentlichen Schlüssels",
  "the public key's base64 text": "der base64-Text des öffentlichen Schlüssels",
  "the public key's PKCS#1 PEM text":
    "der PEM-Text des öffentlichen Schlüssels in PKCS#1",
  "the public key's PKCS#1 DER bytes":
    "die DER-Bytes des öffentlichen Schlüssels in PKCS#1",
  "the public key's JWK text": "der JWK-Text des öffentlichen Schlüssels",
  "the text of the key set": "der Text des Schlüsselsatzes",
  "the text of the certificate": "der Text des Zertifikats",
  "the bytes of the certificate": "die Bytes des Zertifikats",
  "the certificate's PEM text": "der PEM-Text des Zertifikats",
};
