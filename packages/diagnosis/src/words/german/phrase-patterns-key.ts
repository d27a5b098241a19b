import type { PhrasePattern } from "./phrase-patterns.ts";

/** Of keys and where they come from; the last ones are the widest. */
export const KEY_PATTERNS: readonly PhrasePattern[] = [
  // Forms and names.
  [/^a PEM of another kind \((.+)\)$/s, "ein PEM anderer Art ({1})"],
  [
    /^a JWK that cannot be used: (.+)$/s,
    "ein JWK, der sich nicht verwenden lässt: {1:p}",
  ],
  [
    /^its label (.+) is that of another form$/s,
    "die Kennzeichnung {1} ist die einer anderen Form",
  ],
  [
    /^the token has its thumbprint \(RFC 7638, (.+)\)$/,
    "das Token nennt den Thumbprint des Schlüssels (RFC 7638, {1})",
  ],
  [
    /^the token has the (SHA-\d+) of its public key$/,
    "das Token nennt den {1} des öffentlichen Schlüssels",
  ],
  [
    /^the token has the (SHA-\d+) of its certificate$/,
    "das Token nennt den {1} des Zertifikats",
  ],
  [
    /^the token has the (SHA-\d+) of its modulus$/,
    "das Token nennt den {1} des Modulus",
  ],
  [/^(.+) (\d+) bits$/s, "{1}, {2:n} Bit"],

  // What is wrong with one.
  [
    /^found (\S+), expected a PEM public key$/,
    "gefunden: {1:p}, erwartet: ein öffentlicher Schlüssel als PEM",
  ],
  [
    /^an RSA modulus has at least (\d+) bits \(RFC 7518 section 3\.3\); found (\d+)$/,
    "ein RSA-Modulus hat mindestens {1:n} Bit (RFC 7518 Abschnitt 3.3); gefunden: {2:n}",
  ],
  [
    /^an RSA modulus has at most (\d+) bits here; found (\d+)$/,
    "ein RSA-Modulus hat hier höchstens {1:n} Bit; gefunden: {2:n}",
  ],
  [
    /^e is odd, from 3 to 2\^32; found (\d+)$/,
    "e ist ungerade, von 3 bis 2^32; gefunden: {1}",
  ],
  [/^the modulus is divisible by (\d+)$/, "der Modulus ist durch {1} teilbar"],
  [
    /^the point \(x, y\) is not on (.+)$/s,
    "der Punkt (x, y) liegt nicht auf {1}",
  ],
  [
    /^(\S+) is for key agreement, not for signatures \(RFC 8037 section 3\.2\)$/,
    "{1} dient der Schlüsselvereinbarung, nicht Signaturen (RFC 8037 Abschnitt 3.2)",
  ],
  [
    /^a published set holds public keys only; keys\[(\d+)\] has the member (\w+)$/,
    "ein veröffentlichter Schlüsselsatz enthält nur öffentliche Schlüssel; keys[{1}] hat das Feld {2}",
  ],

  // Where they come from.
  [
    /^no complete answer within (\d+) ms$/,
    "keine vollständige Antwort innerhalb von {1:n} ms",
  ],
  [
    /^a redirect to another origin, (.+)$/s,
    "eine Weiterleitung zu einem anderen Origin, {1}",
  ],
  [/^more than (\d+) redirects$/, "mehr als {1:n} Weiterleitungen"],
  [/^content type (.+)$/s, "Content-Type {1}"],
  [
    /^an answer of more than (\d+) bytes$/,
    "eine Antwort von mehr als {1:n} Byte",
  ],
  [
    /^JSON nested deeper than (\d+)$/,
    "JSON, das tiefer als {1:n} verschachtelt ist",
  ],
  [/^no JSON object: (\w+)$/, "kein JSON-Objekt: {1:p}"],
  [/^no connection: (.+)$/s, "keine Verbindung: {1}"],
  [
    /^a JWK Set of (\d+) keys; at most (\d+) are read$/,
    "ein JWK Set von {1:n} Schlüsseln; höchstens {2:n} werden gelesen",
  ],
  [/^a URL of the scheme (.+)$/s, "eine URL mit dem Schema {1}"],
  [/^jwks_uri is (.+)$/s, "jwks_uri ist {1:p}"],
  [
    /^the metadata names the issuer (.+); the policy names (.+)$/s,
    "die Metadaten nennen den Aussteller {1}; die Policy nennt {2}",
  ],
  [/^(https?:\/\/\S+): (.+)$/s, "{1}: {2:p}"],

  // Both sides of a comparison.
  [/^a PEM key \((.+?)\): (.+)$/s, "ein Schlüssel als PEM ({1}): {2:p}"],
  [/^a DER key: (.+)$/s, "ein DER-Schlüssel: {1:p}"],
  [
    /^(\S+): expected (.+); found (.+)$/s,
    "{1}: erwartet: {2:p}, gefunden: {3:p}",
  ],
  [/^expected (.+)[,;] found (.+)$/s, "erwartet: {1:p}, gefunden: {2:p}"],
  [/^no parameters for (.+)$/s, "keine Parameter für {1}"],
  [/^the curve (.+)$/s, "die Kurve {1}"],
  [/^a point of (\d+) bytes on (.+)$/s, "ein Punkt von {1:n} Byte auf {2}"],
  [/^a private key of (\d+) bytes$/, "ein privater Schlüssel von {1:n} Byte"],
  [/^a PEM labelled (.+)$/s, "ein PEM mit der Kennzeichnung {1}"],
  [/^(\d+) values$/, "{1:n} Werte"],
  [/^(\d+) bytes$/, "{1:n} Byte"],
  [/^(\d+) bytes from (\d+)$/, "{1:n} Byte ab {2:n}"],
  [/^tag (0x\w+)$/, "Tag {1}"],
  [/^a one-byte tag at (\d+)$/, "ein Tag von einem Byte bei {1:n}"],
  [/^a length at (\d+)$/, "eine Länge bei {1:n}"],
  [/^a definite length at (\d+)$/, "eine bestimmte Länge bei {1:n}"],
  [/^the shortest length at (\d+)$/, "die kürzeste Länge bei {1:n}"],
];
