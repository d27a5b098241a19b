/** The first sentence of every answer: the verdict, and the thing that it is about. */
import type { Reason } from "@assay/token";
import type { VerdictWords } from "../language.ts";
import { and } from "./lists.ts";

/** What is the matter, by reason: the rest of "Abgelehnt: …" or "Nicht entscheidbar: …". */
const MATTERS: Readonly<Record<Reason, string>> = {
  "request.token_missing": "die Anfrage enthält kein Token",
  "request.scheme_unsupported":
    "der Header Authorization hat ein anderes Schema",
  "request.header_malformed": "der Header Authorization ist nicht lesbar",
  "request.token_repeated": "die Anfrage enthält mehr als ein Token",
  "request.transport_insecure": "das Token ging über unverschlüsseltes http",
  "format.empty": "das Token ist leer",
  "format.not_jwt": "das ist kein JWT",
  "format.segments": "das Token hat die falsche Zahl von Teilen",
  "format.encoding": "ein Teil des Tokens ist kein base64url",
  "format.header": "der Header des Tokens ist nicht lesbar",
  "format.payload": "die Payload des Tokens ist nicht lesbar",
  "format.claim_type": "ein Claim hat den falschen Typ",
  "format.encrypted": "das Token ist verschlüsselt und lässt sich nicht öffnen",
  "format.critical": "das Token verlangt etwas, das hier nicht verstanden wird",
  "format.type": "das ist eine andere Art von Token als verlangt",
  "format.too_large": "das Token ist zu groß",
  "signature.algorithm_none": "das Token ist nicht signiert",
  "signature.algorithm_not_allowed":
    "der Algorithmus der Signatur ist nicht zugelassen",
  "signature.algorithm_unsupported":
    "diese Plattform beherrscht den Algorithmus nicht",
  "signature.missing": "die Signatur fehlt",
  "signature.key_not_found": "kein Schlüssel des Ausstellers passt",
  "signature.key_ambiguous": "mehrere Schlüssel kommen in Frage",
  "signature.key_unsuitable": "der Schlüssel passt nicht zum Algorithmus",
  "signature.mismatch": "die Signatur stimmt nicht",
  "signature.keys_unavailable":
    "die Schlüssel des Ausstellers ließen sich nicht abrufen",
  "expiration.missing": "im Token fehlt eine Zeitangabe",
  "expiration.expired": "das Token ist abgelaufen",
  "expiration.not_yet_valid": "das Token ist noch nicht gültig",
  "expiration.issued_in_future": "das Token ist in der Zukunft ausgestellt",
  "expiration.too_old": "das Token ist zu alt",
  "expiration.lifetime_too_long": "das Token ist zu lange gültig",
  "issuer.missing": "das Token nennt keinen Aussteller",
  "issuer.mismatch": "das Token stammt von einem anderen Aussteller",
  "audience.missing": "das Token nennt keine Audience",
  "audience.mismatch": "das Token ist für eine andere Audience bestimmt",
  "audience.party_mismatch":
    "das Token wurde für einen anderen Client ausgestellt",
  "audience.claim_missing": "ein verlangter Claim fehlt",
  "audience.claim_mismatch": "ein Claim hat einen anderen Wert als verlangt",
  "binding.proof_missing": "der Nachweis, der zum Token gehört, fehlt",
  "binding.proof_invalid": "der DPoP-Proof ist ungültig",
  "binding.key_mismatch":
    "der Absender hat einen anderen Schlüssel als den, an den das Token gebunden ist",
  "binding.request_mismatch": "der DPoP-Proof gilt für eine andere Anfrage",
  "binding.nonce": "dem DPoP-Proof fehlt die Nonce des Servers",
  "binding.replayed": "der Nachweis wurde schon einmal benutzt",
  "scope.missing": "das Token gewährt keinen Scope",
  "scope.insufficient": "dem Token fehlt ein nötiger Scope",
  "scope.authentication":
    "die Anmeldung ist nicht stark oder nicht frisch genug",
  "revocation.token": "das Token ist widerrufen",
  "revocation.grant": "der Grant hinter dem Token ist widerrufen",
  "revocation.subject":
    "der Benutzer des Tokens wurde abgemeldet oder gesperrt",
  "revocation.client":
    "der Client des Tokens wurde gesperrt, oder seine Token wurden beendet",
  "revocation.key":
    "der Schlüssel, mit dem das Token signiert ist, wurde zurückgezogen",
  "revocation.unavailable":
    "ob das Token widerrufen ist, ließ sich nicht feststellen",
};

/** "Abgelehnt: die Signatur stimmt nicht." */
export const VERDICT: VerdictWords = {
  accepted: (passed) =>
    `Akzeptiert: ${passed.length === 0 ? "nichts wurde verlangt" : `${and(passed)} ${passed.length === 1 ? "ist" : "sind"} in Ordnung`}.`,
  rejected: (reason, usedBefore) =>
    `Abgelehnt: ${reason === null ? "die Anfrage selbst ist fehlerhaft, nicht ein Token" : usedBefore ? "was vorgelegt wurde, ist schon benutzt" : MATTERS[reason]}.`,
  undecided: (reason, keysUnnamed) =>
    `Nicht entscheidbar: ${reason === null ? "zu wenig ist bekannt" : keysUnnamed ? "die Schlüssel des Ausstellers sind hier nicht bekannt" : MATTERS[reason]}.`,
};
