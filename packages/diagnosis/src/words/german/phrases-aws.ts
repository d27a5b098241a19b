/** Of requests to AWS: what their steps find, and what would tell more. */
export const OF_AWS: Readonly<Record<string, string>> = {
  "no session token": "kein Session-Token",
  "the session token of this key": "das Session-Token dieses Schlüssels",
  "an empty session token": "ein leeres Session-Token",
  "another session token": "ein anderes Session-Token",
  "X-Amz-Security-Token": "X-Amz-Security-Token",
  "a session with a second factor": "eine Sitzung mit zweitem Faktor",
  "what the role's trust policy allows":
    "was die Trust Policy der Rolle erlaubt",
  "the same call with GET (aws s3api get-object) would tell the error's name, which an answer to HEAD cannot carry":
    "derselbe Aufruf mit GET (aws s3api get-object) würde den Namen des Fehlers zeigen, den eine Antwort auf HEAD nicht tragen kann",
  "what the policy of the form allows": "was die Policy des Formulars erlaubt",
  "no field that the policy does not name":
    "kein Feld, das die Policy nicht nennt",
  "only AWS can tell whether the signature is right: SigV4A signs with a pair of keys that is derived from the secret, which is not computed here":
    "nur AWS kann sagen, ob die Signatur stimmt: SigV4A signiert mit einem Schlüsselpaar, das aus dem Geheimnis abgeleitet und hier nicht berechnet wird",
  "the region of the endpoint": "die Region des Endpunkts",
  "the service of the endpoint": "der Dienst des Endpunkts",
  "the secret of this key is not known":
    "das Geheimnis dieses Schlüssels ist nicht bekannt",
  "the request would tell which key was sent, and whether its session token was there":
    "die Anfrage würde zeigen, welcher Schlüssel gesendet wurde und ob sein Session-Token dabei war",
  "the secret of this key, at your own machine, would tell whether the signature is right":
    "das Geheimnis dieses Schlüssels würde, auf dem eigenen Rechner, zeigen, ob die Signatur stimmt",
  "the request and the secret, at your own machine, would tell which part of it differs from what was signed":
    "die Anfrage und das Geheimnis würden, auf dem eigenen Rechner, zeigen, welcher Teil vom Signierten abweicht",
  "the answer refuses the request for a reason that is none of its signature or its token: the service's own words would tell":
    "die Antwort lehnt die Anfrage aus einem Grund ab, der weder an ihrer Signatur noch an ihrem Token liegt: die Worte des Dienstes würden mehr sagen",
};
