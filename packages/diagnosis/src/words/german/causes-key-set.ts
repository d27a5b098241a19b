import { tell, type Family } from "../cause-words.ts";
import { quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";
import { figure } from "./time.ts";

/** Words for the causes of the family key that lie in the published set. */
export const KEY_SET: Pick<
  Family<"key">,
  | `key.set_${"empty" | "wrong_document" | "unreachable" | "unsupported_member"}`
  | "key.algorithm_label"
> = {
  "key.set_empty": ({ keys, usable }) =>
    tell(
      "Der Schlüsselsatz des Ausstellers enthält keinen brauchbaren Schlüssel.",
      [
        keys === 0
          ? "der Schlüsselsatz ist leer"
          : `der Schlüsselsatz hat ${figure(keys)} Schlüssel, davon brauchbar: ${figure(usable)}`,
      ],
      "Den öffentlichen Teil des Signaturschlüssels im Schlüsselsatz veröffentlichen. Prüfen, ob der Schlüsselspeicher dahinter gelesen wird.",
    ),
  "key.set_wrong_document": ({ url, found }) =>
    tell(
      "Die Adresse der Schlüssel antwortet mit einem anderen Dokument.",
      [
        url === null
          ? `anstelle eines JWK Set gefunden: ${phrase(found)}`
          : `${quoted(url)} ist kein JWK Set; gefunden: ${phrase(found)}`,
      ],
      "Die Adresse konfigurieren, die die Metadaten des Ausstellers als jwks_uri nennen, und sie einmal öffnen: Es muss ein JSON-Objekt mit „keys“ erscheinen.",
    ),
  "key.set_unreachable": ({ url, error }) =>
    tell(
      "Die Schlüssel des Ausstellers ließen sich nicht abrufen.",
      [
        url === null
          ? `der Abruf schlug fehl: ${phrase(error)}`
          : `${quoted(url)} ließ sich nicht abrufen: ${phrase(error)}`,
      ],
      "Die Adresse von der Maschine des Verifiers aus öffnen: DNS, Proxy, Firewall und Zertifikate dort prüfen. Das Token selbst kann gut sein.",
    ),
  "key.set_unsupported_member": ({ kty, alg, hidden }) =>
    tell(
      "Ein Schlüssel des Satzes ist von einer Art, die der Verifier nicht versteht.",
      [
        `der Schlüsselsatz hat einen Schlüssel vom Typ ${quoted(kty)}${alg === null ? "" : ` für ${quoted(alg)}`}`,
        hidden !== null && `er steht dem Schlüssel ${quoted(hidden)} im Weg`,
      ],
      "Die Bibliothek des Verifiers aktualisieren oder sie Schlüssel überspringen lassen, die sie nicht versteht (RFC 7517 Abschnitt 5).",
    ),
  "key.algorithm_label": ({ keyAlg, tokenAlg }, confidence) =>
    tell(
      keyAlg === null
        ? "Der richtige Schlüssel ist nicht gekennzeichnet, und der Verifier lässt ihn aus."
        : "Der richtige Schlüssel ist falsch gekennzeichnet.",
      [
        `der Schlüssel nennt ${keyAlg === null ? "kein alg" : `alg ${quoted(keyAlg)}`}, das Token ${quoted(tokenAlg)}`,
        confidence === "certain" &&
          "die Signatur stimmt, wenn man die Kennzeichnung außer Acht lässt",
      ],
      `Den Schlüssel mit „alg“: ${quoted(tokenAlg)} veröffentlichen, dem Algorithmus, mit dem er signiert.${keyAlg === null ? " Oder den Verifier Schlüssel ohne alg nehmen lassen, was RFC 7517 Abschnitt 4.4 erlaubt." : ""}`,
    ),
};
