/** Why keys could not be fetched from an issuer. */
export const OF_FETCHING: Readonly<Record<string, string>> = {
  "istiod, which fetches the keys, failed and made up a key":
    "istiod, das die Schlüssel abruft, scheiterte und hat einen Schlüssel erfunden",
  "no connection": "keine Verbindung",
  "nothing was loaded": "nichts wurde geladen",
  "the answer could not be read": "die Antwort ließ sich nicht lesen",
  "a redirect without a usable target":
    "eine Weiterleitung ohne brauchbares Ziel",
  "an answer without a content type": "eine Antwort ohne Content-Type",
  "an answer that is not UTF-8": "eine Antwort, die kein UTF-8 ist",
  "the metadata has no jwks_uri": "die Metadaten haben kein jwks_uri",
  "jwks_uri is an address of this machine":
    "jwks_uri ist eine Adresse dieser Maschine",
  "not an absolute URL": "keine absolute URL",
  "a URL with credentials in it": "eine URL mit Zugangsdaten darin",
  "plain http, beyond this machine":
    "unverschlüsseltes http, über diese Maschine hinaus",
  'no JWK Set: "keys" is missing': "kein JWK Set: „keys“ fehlt",
  'no JWK Set: "keys" is no array': "kein JWK Set: „keys“ ist kein Array",
};
