/** Of what is known from a server's words alone, and of what would decide then. */
export const OF_HEARD: Readonly<Record<string, string>> = {
  "known from the server's words alone":
    "allein aus den Worten des Servers bekannt",
  "the server's words leave open which check refused":
    "die Worte des Servers lassen offen, welche Prüfung abgelehnt hat",
  "the server's answer, which this can bring about":
    "die Antwort des Servers, zu der diese Ursache führen kann",
  "several libraries": "mehreren Bibliotheken",
  "several issuers": "mehreren Ausstellern",
  "several services": "mehreren Diensten",
  "another text": "ein anderer Text",
  "the request as it was sent, and as it arrived, would tell whether the token was lost on its way":
    "die Anfrage, wie sie gesendet wurde und wie sie ankam, würde zeigen, ob das Token unterwegs verloren ging",
  "the token as it was sent would tell what is wrong with its form":
    "das Token, wie es gesendet wurde, würde zeigen, was an seiner Form nicht stimmt",
  "the token as the client got it would tell whether it was damaged on its way":
    "das Token, wie der Client es bekam, würde zeigen, ob es unterwegs beschädigt wurde",
  "the token would tell by which key and algorithm it says it is signed":
    "das Token würde zeigen, mit welchem Schlüssel und Algorithmus es nach eigener Angabe signiert ist",
  "the verifier's keys, or its shared secret, would let the signature be computed":
    "mit den Schlüsseln des Verifiers oder seinem gemeinsamen Geheimnis ließe sich die Signatur nachrechnen",
  "the keys that the issuer publishes now would tell whether the verifier's are old":
    "die Schlüssel, die der Aussteller jetzt veröffentlicht, würden zeigen, ob die des Verifiers veraltet sind",
  "the server's own log would tell which check refused: many say it there and not in the answer":
    "das Log des Servers würde zeigen, welche Prüfung abgelehnt hat: viele sagen es dort und nicht in der Antwort",
  "the token as it was sent would tell its form, its times, its issuer and whom it is for":
    "das Token, wie es gesendet wurde, würde seine Form, seine Zeiten, seinen Aussteller und seinen Empfänger zeigen",
  "the token would tell its times": "das Token würde seine Zeiten zeigen",
  "the token would tell which issuer it names":
    "das Token würde zeigen, welchen Aussteller es nennt",
  "the token would tell whom it is for, and what its claims are":
    "das Token würde zeigen, für wen es ist und welche Claims es hat",
  "the request with its proof would tell what the proof was made for":
    "die Anfrage mit ihrem Nachweis würde zeigen, wofür der Nachweis gemacht wurde",
  "the token would tell which key or certificate it is bound to":
    "das Token würde zeigen, an welchen Schlüssel oder welches Zertifikat es gebunden ist",
  "the token would tell what it grants, and in which claim":
    "das Token würde zeigen, was es gewährt und in welchem Claim",
  "the scopes that the request needs would tell which of them it lacks":
    "die Scopes, die die Anfrage braucht, würden zeigen, welche davon fehlen",
};
