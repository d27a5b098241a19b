/** What the engine says of a key that it cannot use. */
export const OF_KEY_DETAILS: Readonly<Record<string, string>> = {
  // The forms of a key's text.
  spki: "ein PEM mit öffentlichem Schlüssel",
  "pkcs1-public": "ein öffentlicher RSA-Schlüssel in PKCS#1",
  "pkcs1-private": "ein privater RSA-Schlüssel in PKCS#1",
  pkcs8: "ein privater Schlüssel in PKCS#8",
  sec1: "ein privater EC-Schlüssel in SEC 1",
  certificate: "ein Zertifikat",
  jwk: "ein JWK",
  "jwk-set": "ein JWK Set",
  "base64-of-pem": "base64 eines PEM",
  "base64-der": "DER in base64",
  "ssh-public": "ein öffentlicher SSH-Schlüssel",
  "raw-point-hex": "der bloße Punkt eines Schlüssels in Hexadezimaldarstellung",
  "encrypted-private": "ein verschlüsselter privater Schlüssel",
  "damaged-pem": "ein beschädigtes PEM",
  unknown: "unbekannter Text",

  // Members of a JWK.
  "an object": "ein Objekt",
  "a string": "ein String",
  "an array": "ein Array",
  "an array of different strings": "ein Array verschiedener Strings",
  "base64url without padding": "base64url ohne Padding",
  none: "nichts",
  "k is empty": "k ist leer",
  "n and e have no leading zero bytes (RFC 7518 section 2)":
    "n und e haben keine Nullbytes am Anfang (RFC 7518 Abschnitt 2)",
  "e is at most 2^32; found a larger one":
    "e ist höchstens 2^32; gefunden: ein größeres",
  "the modulus is even": "der Modulus ist gerade",
  "the modulus has the ROCA fingerprint (CVE-2017-15361): its private key can be computed":
    "der Modulus hat den ROCA-Fingerprint (CVE-2017-15361): der private Schlüssel lässt sich berechnen",

  // Sides of a comparison within DER.
  "a PEM public key": "ein öffentlicher Schlüssel als PEM",
  "a JWK, a PEM (PUBLIC KEY, PRIVATE KEY, RSA, EC, CERTIFICATE) or DER bytes":
    "ein JWK, ein PEM (PUBLIC KEY, PRIVATE KEY, RSA, EC, CERTIFICATE) oder DER-Bytes",
  "a damaged PEM (begin)": "ein beschädigtes PEM (BEGIN)",
  "a key (SPKI, PKCS#1, PKCS#8, SEC 1) or a certificate":
    "ein Schlüssel (SPKI, PKCS#1, PKCS#8, SEC 1) oder ein Zertifikat",
  "another structure": "eine andere Struktur",
  "an algorithm and a key": "ein Algorithmus und ein Schlüssel",
  "an algorithm and its parameters": "ein Algorithmus und seine Parameter",
  "an RSA key (rsaEncryption)": "ein RSA-Schlüssel (rsaEncryption)",
  "one bound to RSASSA-PSS; give it as a JWK with its alg":
    "einer, der an RSASSA-PSS gebunden ist; ihn als JWK mit seinem alg angeben",
  "a key for RSA, EC, Ed25519, Ed448 or ML-DSA":
    "ein Schlüssel für RSA, EC, Ed25519, Ed448 oder ML-DSA",
  "a named curve (RFC 5480 section 2.1.1)":
    "eine benannte Kurve (RFC 5480 Abschnitt 2.1.1)",
  "a curve spelt out or none": "eine ausgeschriebene Kurve oder keine",
  "P-256, P-384, P-521 or secp256k1": "P-256, P-384, P-521 oder secp256k1",
  "an uncompressed point": "ein unkomprimierter Punkt",
  "a compressed one; convert it with: openssl ec -pubin -conv_form uncompressed":
    "ein komprimierter; umwandeln mit: openssl ec -pubin -conv_form uncompressed",
  "a modulus and an exponent": "ein Modulus und ein Exponent",
  "an RSA key of two primes": "ein RSA-Schlüssel aus zwei Primzahlen",
  "version 1 of an EC private key": "Version 1 eines privaten EC-Schlüssels",
  "one named curve": "eine benannte Kurve",
  "none or two": "keine oder zwei",
  "version 1 or 2 of PKCS#8": "Version 1 oder 2 von PKCS#8",
  "an ML-DSA key with its seed": "ein ML-DSA-Schlüssel mit seinem Seed",
  "the expanded key alone": "nur der expandierte Schlüssel",
  "a private key with its public half, as a JWK has it":
    "ein privater Schlüssel mit seiner öffentlichen Hälfte, wie ein JWK sie hat",
  "the private half alone, and this platform cannot complete it at once":
    "nur die private Hälfte, und diese Plattform kann sie nicht gleich ergänzen",
  "one that the platform cannot read":
    "einer, den die Plattform nicht lesen kann",
  "one value": "ein Wert",
  "a positive integer": "eine positive ganze Zahl",
  "a negative or empty one": "eine negative oder leere",
  "the shortest integer": "die kürzeste Form der ganzen Zahl",
  "a longer one": "eine längere",
  "a bit string of whole bytes": "ein Bitstring aus ganzen Bytes",
  "the shortest object identifier": "die kürzeste Form des Object Identifier",
  "an object identifier": "ein Object Identifier",
  "a number too large in it": "eine zu große Zahl darin",
  "a part of one": "nur ein Teil davon",
  "an empty one": "ein leerer",
  "the end": "das Ende",
  "a DER key": "ein DER-Schlüssel",
  another: "anderes",
  more: "mehr",
  some: "welche",
};
