/** What became of a token's text on its way, and what stands in its place. */
export const OF_TOKENS: Readonly<Record<string, string>> = {
  // Characters.
  "a line end (LF)": "ein Zeilenende (LF)",
  "a carriage return (CR)": "ein Wagenrücklauf (CR)",
  "a line end (CRLF)": "ein Zeilenende (CRLF)",
  "a tab": "ein Tabulator",
  "a blank": "ein Leerzeichen",
  "a no-break space (U+00A0)": "ein geschütztes Leerzeichen (U+00A0)",
  "a soft hyphen (U+00AD)": "ein weiches Trennzeichen (U+00AD)",
  "a zero-width space (U+200B)": "ein Leerzeichen ohne Breite (U+200B)",
  "a zero-width non-joiner (U+200C)": "ein Zero-Width Non-Joiner (U+200C)",
  "a zero-width joiner (U+200D)": "ein Zero-Width Joiner (U+200D)",
  "a word joiner (U+2060)": "ein Word Joiner (U+2060)",
  "a byte-order mark (U+FEFF)": "eine Byte-Order-Mark (U+FEFF)",
  "a NUL character": "ein NUL-Zeichen",
  "a soft line end of quoted-printable":
    "ein weiches Zeilenende von quoted-printable",
  "a backslash and a line end": "ein Backslash und ein Zeilenende",
  "a line end and a mark of quotation": "ein Zeilenende und ein Zitatzeichen",
  "a literal \\n": "ein ausgeschriebenes \\n",
  "a line end of HTML": "ein Zeilenende in HTML",
  "HTML entities": "HTML-Entities",
  "backslash escapes": "Backslash-Escapes",
  "the print form of an optional value": "die Textform eines optionalen Werts",

  // How the whole was encoded once more.
  base64: "base64",
  hexadecimal: "Hexadezimaldarstellung",
  "a JSON string": "ein JSON-String",

  // What hangs on it.
  "another token": "ein anderes Token",
  "parameters of a URL or a form": "Parameter einer URL oder eines Formulars",
  "attributes of a cookie": "Attribute eines Cookies",
  "a comma and what follows it": "ein Komma und was danach kommt",
  "a fragment of a URL": "ein Fragment einer URL",
  "the name of a variable or parameter":
    "der Name einer Variable oder eines Parameters",
  "a punctuation mark": "ein Satzzeichen",
  "the word null or undefined": "das Wort null oder undefined",
  "other text": "anderer Text",
  "the header once more": "der Header noch einmal",

  // What is missing.
  "what a log or a screen left out":
    "was ein Log oder ein Bildschirm ausgelassen hat",
  "payload and signature": "Payload und Signatur",
  "the end of the header and all that follows":
    "das Ende des Headers und alles danach",
  "the last characters of the signature": "die letzten Zeichen der Signatur",
  "the end of the signature": "das Ende der Signatur",

  // What was changed, or is broken.
  "letters, all turned to one case":
    "Buchstaben, alle in Groß- oder alle in Kleinschreibung",
  "upper and lower case": "Groß- und Kleinschreibung",
  "hyphens (automatic typography)": "Bindestriche (automatische Typografie)",
  "the order of the header": "die Reihenfolge im Header",
  "the token": "das Token",
  "the header": "der Header",
  "the payload": "die Payload",
  "the signature": "die Signatur",
  "the encrypted_key": "der verschlüsselte Schlüssel",
  "the iv": "der Initialisierungsvektor",
  "the ciphertext": "der Geheimtext",
  "the tag": "das Authentication-Tag",
  "the content of the JWE": "der Inhalt des JWE",
  "DPoP proof": "DPoP-Proof",
  crit: "crit",
  token: "Token",

  // How it is broken.
  empty: "leer",
  not_json: "kein JSON",
  not_object: "kein JSON-Objekt",
  duplicate_member: "ein Feld ist doppelt",
  not_utf8: "kein UTF-8",
  byte_order_mark: "eine Byte-Order-Mark am Anfang",
  lone_surrogate: "ein einzelnes Surrogat",
  member_type: "ein Feld hat den falschen Typ",
  member_missing: "ein Feld fehlt",
  unencoded_payload: "eine unkodierte Payload",
  character: "ein fremdes Zeichen",
  padding: "Padding",
  length: "eine unmögliche Länge",
  trailing_bits: "überzählige Bits",
  utf8: "kein UTF-8",
  not_array: "kein Array",
  not_string: "etwas anderes als Namen",
  repeated: "ein Name ist doppelt",
  registered: "ein Parameter der Standards",
  absent: "der genannte Parameter fehlt",
  not_understood: "wird nicht verstanden",
  malformed: "fehlgeformt",
  unreadable: "nicht lesbar",
  typ: "falscher typ",
  key: "der Schlüssel ist nicht zugelassen",
  claim_type: "ein Claim hat den falschen Typ",
  "a claim of the wrong type": "ein Claim vom falschen Typ",
  "another number of parts than a JWT has":
    "eine andere Zahl von Teilen, als ein JWT hat",
  "not a JWT": "kein JWT",
  "not a signed token": "kein signiertes Token",
  "nested too deeply": "zu tief verschachtelt",
  "its algorithm is not an asymmetric one":
    "der Algorithmus ist kein asymmetrischer",

  // Placeholders and errors.
  "the print form of nothing": "die Textform eines leeren Werts",
  "a program's object turned into text":
    "ein Objekt eines Programms, in Text verwandelt",
  "a variable that was not filled in": "eine Variable, die nicht gefüllt wurde",
  "the address or path of something in place of what is in it":
    "eine Adresse oder ein Pfad anstelle des Inhalts",
  "a word of an example": "ein Wort aus einem Beispiel",
  "an answer of refusal": "eine ablehnende Antwort",
  "an error in JSON": "ein Fehler in JSON",
  "a challenge of a server": "eine Challenge eines Servers",

  // Own secrets.
  "a user name and a password in base64":
    "ein Benutzername und ein Passwort in base64",
  "the secret of the client itself": "das Geheimnis des Clients selbst",
  "the secret that signs the tokens":
    "das Geheimnis, mit dem die Token signiert werden",
  "the id of the client itself": "die ID des Clients selbst",
  "a password or another secret": "ein Passwort oder ein anderes Geheimnis",
};
