import type { Facts } from "../../causes.ts";
import { tell, type CauseWords, type Family } from "../cause-words.ts";
import { cutAnd, names, quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";

/** Words for the causes of the family binding. */
export const BINDING: Family<"binding"> = {
  "binding.scheme_downgraded": (facts) =>
    facts.binding === "mtls" ? withoutCertificate(facts) : withoutProof(facts),
  "binding.proxy_rewrote_url": ({ proof, seen, differs }) =>
    tell(
      "Ein Proxy hat unterwegs die URL verändert.",
      [
        `der Proof gilt für ${quoted(proof)}, die API sah ${quoted(seen)}`,
        differs.length > 0 && `der Unterschied: ${cutAnd(differs.map(phrase))}`,
      ],
      "Der Proxy muss Schema, Host und Pfad im Original weitergeben (X-Forwarded-Proto und Verwandte), und die API muss damit vergleichen.",
    ),
  "binding.other_key": ({ binding, by }) =>
    by === "signature"
      ? tell(
          "Der Proof ist mit einem anderen Schlüssel signiert als dem in seinem Header.",
          ["die Signatur des Proofs passt nicht zu seinem eigenen jwk"],
          "Den öffentlichen Teil des signierenden Schlüssels in den Header des Proofs schreiben (jwk) und für das Token und alle seine Proofs ein Schlüsselpaar behalten.",
        )
      : tell(
          binding === "dpop"
            ? "Der Proof ist mit einem anderen Schlüssel signiert als dem, an den das Token gebunden ist."
            : "Die Verbindung hat ein anderes Zertifikat als das, an das das Token gebunden ist.",
          [
            binding === "dpop"
              ? "der Thumbprint des Schlüssels im Proof ist nicht der in cnf.jkt"
              : "der Thumbprint des Zertifikats ist nicht der in cnf.x5t#S256",
          ],
          binding === "dpop"
            ? "Das Schlüsselpaar aufbewahren, mit dem das Token geholt wurde, und alle Proofs damit signieren. Nach einem neuen Schlüssel ein neues Token holen."
            : "Das Client-Zertifikat verwenden, mit dem das Token geholt wurde. Nach einem neuen Zertifikat ein neues Token holen.",
        ),
  "binding.certificate_not_forwarded": ({ traces, bound }) =>
    tell(
      "Das Client-Zertifikat ist nicht bei der API angekommen.",
      [
        bound === true
          ? "das Token ist an ein Zertifikat gebunden, und die API sah keines"
          : "die API verlangt ein Client-Zertifikat und sah keines",
        traces.length > 0 && `Spuren eines Proxys: ${names(traces)}`,
      ],
      "Der Proxy, der TLS beendet, muss das Client-Zertifikat anfordern und weitergeben (RFC 9440) und diesen Header verwerfen, wenn er von außen kommt.",
    ),
  "binding.proof_stale": ({ what }) =>
    tell(
      "Der Proof ist für einen anderen Zeitpunkt, eine andere Anfrage oder ein anderes Token bestimmt.",
      [phrase(what)],
      "Für jede Anfrage einen neuen Proof erzeugen: mit eigenem jti, der jetzigen Zeit, dieser Methode und URL und dem Hash dieses Access-Tokens.",
    ),
  "binding.nonce_required": ({ hadNonce }) =>
    tell(
      "Der Server verlangt seine Nonce im Proof.",
      [
        hadNonce
          ? "der Proof hat eine alte Nonce"
          : "der Proof hat keine Nonce",
      ],
      "Die Nonce aus dem Header DPoP-Nonce der Antwort nehmen, den Proof damit neu erzeugen und die Anfrage wiederholen (RFC 9449 Abschnitt 9).",
    ),
};

type Downgraded = Facts["binding.scheme_downgraded"];

function withoutProof({ found, proofSent, bound }: Downgraded): CauseWords {
  const asDpop = found?.toLowerCase() === "dpop";
  return tell(
    bound === false
      ? "Die API nimmt nur Token, die an einen Schlüssel gebunden sind, und dieses ist an keinen gebunden."
      : asDpop
        ? "Ein Token, das an einen Schlüssel gebunden ist, wurde ohne seinen Proof gesendet."
        : "Ein Token, das an einen Schlüssel gebunden ist, wurde wie ein Bearer-Token gesendet.",
    [
      bound === null
        ? "die API verlangt ein Token, das an einen Schlüssel gebunden ist"
        : bound
          ? "das Token ist an einen Schlüssel gebunden"
          : "das Token hat kein cnf.jkt",
      found !== null && `es wurde mit dem Schema ${quoted(found)} gesendet`,
      proofSent
        ? "ein DPoP-Proof wurde daneben gesendet"
        : "es wurde kein DPoP-Proof gesendet",
    ],
    bound === false
      ? "Ein gebundenes Token holen: auch an den Token-Endpunkt einen DPoP-Proof senden (RFC 9449 Abschnitt 5). Dann das Token mit dem Schema DPoP und einem frischen Proof im Header DPoP senden."
      : "Es mit dem Schema DPoP senden und mit einem frischen Proof im Header DPoP (RFC 9449 Abschnitt 7.1).",
  );
}

const withoutCertificate = ({ bound }: Downgraded): CauseWords =>
  tell(
    bound === false
      ? "Die API nimmt nur Token, die an ein Zertifikat gebunden sind, und dieses ist an keines gebunden."
      : "Ein Token, das an ein Zertifikat gebunden ist, kam über eine Verbindung ohne dieses.",
    [
      bound === null
        ? "die API verlangt ein Client-Zertifikat"
        : bound
          ? "das Token ist an ein Client-Zertifikat gebunden"
          : "das Token hat kein cnf.x5t#S256",
      "der Proxy sagt, dass der Client kein Zertifikat vorgelegt hat",
    ],
    bound === false
      ? "Das Token über eine Verbindung mit einem Client-Zertifikat holen und der API dasselbe Zertifikat vorlegen (RFC 8705 Abschnitt 3)."
      : "Die Verbindung mit dem Client-Zertifikat öffnen, mit dem das Token geholt wurde (RFC 8705 Abschnitt 3).",
  );
