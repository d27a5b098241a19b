/**
 * Phrases with a part that varies. In the German form `{1}` is a name, shown as it is and made safe; `{1:n}` a number; `{1:p}` a phrase
 * that is said in German too.
 */
export type PhrasePattern = readonly [english: RegExp, german: string];

/** The first that fits is taken. */
export const PHRASE_PATTERNS: readonly PhrasePattern[] = [
  [
    /^a message of (.+), which this can bring about$/s,
    "eine Meldung von {1:p}, zu der diese Ursache führen kann",
  ],

  // Places of a token.
  [/^the header (.+)$/s, "der Header {1}"],
  [/^the cookie (.+)$/s, "das Cookie {1}"],
  [/^(?:the )?query parameter (.+)$/s, "Query-Parameter {1}"],
  [/^(?:the )?form parameter (.+)$/s, "Formularparameter {1}"],
  [/^the member (.+) of the body$/s, "das Feld {1} im Body"],

  // Its form and kind.
  [/^the claim (.+) is missing$/s, "der Claim {1} fehlt"],
  [/^the claim (.+)$/s, "der Claim {1}"],
  [
    /^the claims (.+), and another audience than the client$/s,
    "Claims ({1}) und eine andere Audience als der Client",
  ],
  [
    /^the claims (.+), no permission, and a client as audience$/s,
    "Claims ({1}), keine Berechtigung und ein Client als Audience",
  ],
  [/^typ (.+)$/s, "typ {1}"],
  [/^the form of the text: (.+)$/s, "die Form des Texts: {1:p}"],
  [/^tokens of the form (.+)$/s, "Token der Form {1:p}"],
  [/^a token of the type (.+)$/s, "ein Token vom Typ {1}"],
  [/^PEM (.+)$/s, "PEM {1}"],
  [/^PASETO (.+)$/s, "PASETO {1}"],

  // What is missing, changed or broken.
  [
    /^(.+), cut at (\d+) characters$/s,
    "{1:p}, abgeschnitten bei {2:n} Zeichen",
  ],
  [/^the last 1 characters$/, "das letzte Zeichen"],
  [/^the first 1 characters$/, "das erste Zeichen"],
  [/^the last (\d+) characters$/, "die letzten {1:n} Zeichen"],
  [/^the first (\d+) characters$/, "die ersten {1:n} Zeichen"],
  [/^(\d+) characters of the signature$/, "{1:n} Zeichen der Signatur"],
  [
    /^(\d+) characters where the text was shortened$/,
    "{1:n} Zeichen, wo der Text gekürzt wurde",
  ],
  [/^(\d+) of the five parts of a JWE$/, "{1:n} der fünf Teile eines JWE"],
  [/^a character of the (?:signature)$/, "ein Zeichen der Signatur"],
  [/^a character of the (?:payload)$/, "ein Zeichen der Payload"],
  [/^a character of the (?:header)$/, "ein Zeichen des Headers"],
  [/^a character of the (.+)$/s, "ein Zeichen des Teils {1}"],
  [/^the writing of the payload$/, "die Schreibweise der Payload"],
  [/^the writing of the header$/, "die Schreibweise des Headers"],
  [/^longer than (\d+) characters$/, "länger als {1:n} Zeichen"],

  // What the verifier cannot do, or was not told.
  [/^the algorithm (.+)$/s, "der Algorithmus {1}"],
  [/^the proof's algorithm, (.+)$/s, "der Algorithmus des Proofs, {1:p}"],
  [
    /^(.+) cannot be computed here$/s,
    "{1}, der sich hier nicht berechnen lässt",
  ],
  [
    /^a compressed payload \(zip (.+)\)$/s,
    "eine komprimierte Payload (zip {1})",
  ],
  [
    /^the critical header parameter (.+)$/s,
    "der kritische Headerparameter {1}",
  ],
  [/^the type in the header \((.+)\)$/s, "der Typ im Header ({1:p})"],
  [
    /^it takes typ (.+) for another kind of token$/s,
    "typ {1}, woraus er auf eine andere Art von Token schließt",
  ],
  [/^(.+): it is empty$/s, "{1:p}: leer"],
  [/^(.+): a placeholder stands there$/s, "{1:p}: dort steht ein Platzhalter"],
  [
    /^(.+): a variable without a value stands there$/s,
    "{1:p}: dort steht eine Variable ohne Wert",
  ],

  // Signatures.
  [
    /^(jku|x5u) points to a server that is not the issuer's$/,
    "{1} zeigt auf einen Server, der nicht der des Ausstellers ist",
  ],
  [/^(.+) was used as an HMAC secret$/s, "als HMAC-Geheimnis verwendet: {1:p}"],
  [
    /^the bytes of the public key's member (.+)$/s,
    "die Bytes des Felds {1} im öffentlichen Schlüssel",
  ],
  [
    /^the text of the public key's member (.+)$/s,
    "der Text des Felds {1} im öffentlichen Schlüssel",
  ],
  [/^ECDSA on (\S+) with (\S+)$/, "ECDSA auf {1} mit {2}"],
  [/^(.+), cut to (\d+) bytes$/s, "{1}, gekürzt auf {2:n} Byte"],
  [/^(.+) and SHA-1 in its mask$/s, "{1:p} und SHA-1 in der Maske"],
  [/^(.+) with a salt of (\d+) bytes$/s, "{1:p} mit einem Salt von {2:n} Byte"],

  // Times, audiences and sign-in.
  [/^the clock of (.+)$/s, "die Uhr von {1}"],
  [/^the prefix (.+)$/s, "das Präfix {1}"],
  [/^auth_time within (\S+) s$/, "auth_time innerhalb von {1:n} s"],
  [/^auth_time (\S+)$/, "auth_time {1}"],
  [/^(\d+) s ago$/, "vor {1:n} s"],

  // Proofs.
  [/^it is (\d+) s old$/, "der Proof ist {1:n} s alt"],
  [/^(\d+) s old$/, "{1:n} s alt"],
  [/^(\d+) s ahead$/, "{1:n} s in der Zukunft"],
  [
    /^it is for the method (.*), and the request has (.*)$/s,
    "der Proof gilt für die Methode {1}, und die Anfrage hat {2}",
  ],
  [/^it is for (.+)$/s, "der Proof gilt für {1}"],

  // Answers of servers.
  [
    /^status (\d+): access to the keys is refused$/,
    "Status {1}: der Zugang zu den Schlüsseln ist verweigert",
  ],
  [
    /^status (\d+), to another address$/,
    "Status {1}, zu einer anderen Adresse",
  ],
  [
    /^status (\d+) has no meaning that is known here$/,
    "Status {1} hat keine hier bekannte Bedeutung",
  ],
  [/^(?:HTTP )?status (\d+)$/, "Status {1}"],
  [/^an error page with status (\d+)$/, "eine Fehlerseite mit Status {1}"],
  [
    /^the status list is older than the (\S+) s for which it may be kept$/,
    "die Statusliste ist älter als die {1:n} s, die sie aufbewahrt werden darf",
  ],
  [/^the list has more than (\d+) bytes$/, "die Liste hat mehr als {1:n} Byte"],
  [
    /^the index is not in the list of (\d+) statuses$/,
    "der Index liegt nicht in der Liste von {1:n} Status",
  ],
  [
    /^the status list token was refused: (.+)$/s,
    "das Token der Statusliste wurde abgelehnt: {1}",
  ],
  [
    /^the status list token was left undecided: (.+)$/s,
    "das Token der Statusliste blieb unentschieden: {1}",
  ],
];
