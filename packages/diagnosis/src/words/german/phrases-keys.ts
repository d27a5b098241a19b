/** In what form a key is configured, what is damaged in it, what it is called, and what stands where the key set should. */
export const OF_KEYS: Readonly<Record<string, string>> = {
  // Forms.
  "a public key as PEM (BEGIN PUBLIC KEY)":
    "ein öffentlicher Schlüssel als PEM (BEGIN PUBLIC KEY)",
  "an RSA key in PKCS#1 (BEGIN RSA PUBLIC KEY)":
    "ein RSA-Schlüssel in PKCS#1 (BEGIN RSA PUBLIC KEY)",
  "a private key": "ein privater Schlüssel",
  "an encrypted private key": "ein verschlüsselter privater Schlüssel",
  "an X.509 certificate": "ein X.509-Zertifikat",
  "a JWK": "ein JWK",
  "a JWK Set": "ein JWK Set",
  "base64 of a PEM": "base64 eines PEM",
  "DER in base64, without the lines of a PEM":
    "DER in base64, ohne die Zeilen eines PEM",
  "DER in hexadecimal": "DER in Hexadezimaldarstellung",
  "an SSH public key": "ein öffentlicher SSH-Schlüssel",
  "the bare point of the key in hexadecimal":
    "der bloße Punkt des Schlüssels in Hexadezimaldarstellung",
  "the bare bytes of the key in hexadecimal":
    "die bloßen Bytes des Schlüssels in Hexadezimaldarstellung",
  "the bare bytes of the key in base64":
    "die bloßen Bytes des Schlüssels in base64",
  "an RSA key that is bound to RSASSA-PSS":
    "ein RSA-Schlüssel, der an RSASSA-PSS gebunden ist",
  "an RSA key in XML": "ein RSA-Schlüssel in XML",
  "a JSON array of keys": "ein JSON-Array von Schlüsseln",
  "a JSON document with keys in it": "ein JSON-Dokument mit Schlüsseln darin",
  "an address": "eine Adresse",
  "the path of a file": "der Pfad einer Datei",
  "a PGP key": "ein PGP-Schlüssel",
  "a fingerprint": "ein Fingerprint",
  "a JSON document": "ein JSON-Dokument",
  "a shared secret": "ein gemeinsames Geheimnis",
  "a text without any key in it, such as a shared secret":
    "ein Text ohne Schlüssel darin, etwa ein gemeinsames Geheimnis",
  "a text that cannot be read as a key":
    "ein Text, der sich nicht als Schlüssel lesen lässt",
  "a token": "ein Token",
  "the secret that signs tokens":
    "das Geheimnis, mit dem Token signiert werden",
  "a JWK whose numbers are not in canonical base64url":
    "ein JWK, dessen Zahlen nicht in kanonischem base64url stehen",
  "a JWK as RFC 7518 section 6 has it":
    "ein JWK, wie ihn RFC 7518 Abschnitt 6 beschreibt",

  // Damage of a PEM.
  "the BEGIN line is missing": "die BEGIN-Zeile fehlt",
  "the END line is missing": "die END-Zeile fehlt",
  "typographic dashes": "typografische Striche",
  "dashes are missing or too many": "Striche fehlen oder sind zu viele",
  "other characters in place of blanks in its first or last line":
    "andere Zeichen statt Leerzeichen in der ersten oder letzten Zeile",
  "small letters in its first or last line":
    "Kleinbuchstaben in der ersten oder letzten Zeile",
  "BEGIN and END name different things": "BEGIN und END nennen Verschiedenes",
  "blanks in place of line ends": "Leerzeichen statt Zeilenenden",
  "the line ends are lost": "die Zeilenenden sind verloren",
  "its lines are indented": "die Zeilen sind eingerückt",
  "signs at the beginning of its lines": "Zeichen am Anfang der Zeilen",
  "letters of base64url in it": "Zeichen von base64url darin",
  "foreign characters in it": "fremde Zeichen darin",
  "blanks in it, perhaps in place of plus signs":
    "Leerzeichen darin, vielleicht statt Pluszeichen",
  "the padding at its end is wrong": "das Padding am Ende ist falsch",
  "a byte-order mark before it": "eine Byte-Order-Mark davor",
  "the name of the variable before it": "der Name der Variable davor",
  "HTML entities in it": "HTML-Entities darin",
  "percent-encoding": "Prozentkodierung",
  "pieces of program text in it": "Stücke von Programmtext darin",
  "\\n as two characters": "\\n als zwei Zeichen",
  "a backslash at the ends of its lines": "ein Backslash an den Zeilenenden",
  "other line ends": "andere Zeilenenden",
  "quotation marks around it": "Anführungszeichen darum",
  "its base64 cannot be read to the end":
    "das base64 lässt sich nicht bis zum Ende lesen",

  // How two names of a key differ.
  "upper and lower case differ":
    "die Groß- und Kleinschreibung ist verschieden",
  "a blank or line end belongs to one of them":
    "zu einem gehört ein Leerzeichen oder Zeilenende",
  "signs between the letters differ":
    "die Zeichen zwischen den Buchstaben sind verschieden",
  "one of them is percent-encoded": "einer der Namen ist prozentkodiert",
  "one of them is the other in base64":
    "der eine Name ist der andere in base64",
  "one of them is the other in hexadecimal":
    "der eine Name ist der andere in Hexadezimaldarstellung",
  "the token has something before the name":
    "das Token hat etwas vor dem Namen",
  "the set has something before the name":
    "der Schlüsselsatz hat etwas vor dem Namen",
  "the token has something after the name":
    "das Token hat etwas nach dem Namen",
  "the set has something after the name":
    "der Schlüsselsatz hat etwas nach dem Namen",
  "zeros before the number differ":
    "die führenden Nullen der Zahl sind verschieden",
  "one of them is a part of the other":
    "der eine Name ist ein Teil des anderen",
  "another name": "ein anderer Name",
  "the token has the certificate's thumbprint (x5t)":
    "das Token nennt den Thumbprint des Zertifikats (x5t)",
  "the token has the certificate's thumbprint (x5t#S256)":
    "das Token nennt den Thumbprint des Zertifikats (x5t#S256)",
  "the issuer's earlier keys": "die früheren Schlüssel des Ausstellers",
  "the same set": "derselbe Schlüsselsatz",

  // In place of a key set.
  "an empty answer": "eine leere Antwort",
  "the issuer's metadata, which names the address of the keys as jwks_uri":
    "die Metadaten des Ausstellers, die die Adresse der Schlüssel als jwks_uri nennen",
  "metadata, which names the address of the keys as jwks_uri":
    "Metadaten, die die Adresse der Schlüssel als jwks_uri nennen",
  "JSON that is cut off or broken": "JSON, das abgeschnitten oder kaputt ist",
  "a signed token": "ein signiertes Token",
  "a JSON array, without the member keys around it":
    "ein JSON-Array, ohne das Feld keys darum",
  "a JSON value that is no object": "ein JSON-Wert, der kein Objekt ist",
  "a single JWK, not a set": "ein einzelner JWK, kein JWK Set",
  "certificates by kid, not a JWK Set": "Zertifikate nach kid, kein JWK Set",
  "a JWK Set with a byte-order mark before it":
    "ein JWK Set mit einer Byte-Order-Mark davor",
  "an object whose member keys is no array":
    "ein Objekt, dessen Feld keys kein Array ist",
  "another JSON document": "ein anderes JSON-Dokument",
  "an error answer in JSON": "eine Fehlerantwort in JSON",
  "the answer is no JWK Set": "die Antwort ist kein JWK Set",
  "the issuer's keys are not known":
    "die Schlüssel des Ausstellers sind nicht bekannt",
};
