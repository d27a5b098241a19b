import { tell, type Family } from "../cause-words.ts";
import { cutAnd, names, quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";

/** Words for the causes of the family binding. */
export const BINDING: Family<"binding"> = {
  "binding.scheme_downgraded": ({ found, proofSent }) =>
    tell(
      "Ein Token, das an einen Schlüssel gebunden ist, wurde wie ein Bearer-Token gesendet.",
      [
        "das Token ist an einen Schlüssel gebunden",
        found !== null && `es wurde mit dem Schema ${quoted(found)} gesendet`,
        proofSent
          ? "ein DPoP-Proof wurde daneben gesendet"
          : "ein DPoP-Proof wurde nicht gesendet",
      ],
      "Es mit dem Schema DPoP senden und mit einem frischen Proof im Header DPoP (RFC 9449 Abschnitt 7.1).",
    ),
  "binding.proxy_rewrote_url": ({ proof, seen, differs }) =>
    tell(
      "Ein Proxy hat unterwegs die URL verändert.",
      [
        `der Proof gilt für ${quoted(proof)}, die API sah ${quoted(seen)}`,
        differs.length > 0 && `der Unterschied: ${cutAnd(differs.map(phrase))}`,
      ],
      "Der Proxy muss Schema, Host und Pfad im Original weitergeben (X-Forwarded-Proto und Verwandte), und die API muss damit vergleichen.",
    ),
  "binding.other_key": ({ binding }) =>
    tell(
      binding === "dpop"
        ? "Der Proof ist mit einem anderen Schlüssel gemacht als dem, an den das Token gebunden ist."
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
  "binding.certificate_not_forwarded": ({ traces }) =>
    tell(
      "Das Client-Zertifikat ist nicht bei der API angekommen.",
      [
        "das Token ist an ein Zertifikat gebunden, und die API sah keines",
        traces.length > 0 && `Spuren eines Proxys: ${names(traces)}`,
      ],
      "Der Proxy, der TLS beendet, muss das Client-Zertifikat anfordern und weitergeben (RFC 9440) und diesen Header verwerfen, wenn er von außen kommt.",
    ),
  "binding.proof_stale": ({ what }) =>
    tell(
      "Der Proof ist für einen anderen Zeitpunkt, eine andere Anfrage oder ein anderes Token gemacht.",
      [phrase(what)],
      "Für jede Anfrage einen neuen Proof machen: mit eigenem jti, der jetzigen Zeit, dieser Methode und URL und dem Hash dieses Access-Tokens.",
    ),
  "binding.nonce_required": ({ hadNonce }) =>
    tell(
      "Der Server verlangt seine Nonce im Proof.",
      [
        hadNonce
          ? "der Proof hat eine alte Nonce"
          : "der Proof hat keine Nonce",
      ],
      "Die Nonce aus dem Header DPoP-Nonce der Antwort nehmen, den Proof damit neu machen und die Anfrage wiederholen (RFC 9449 Abschnitt 8).",
    ),
};
