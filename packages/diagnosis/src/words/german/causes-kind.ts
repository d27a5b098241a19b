import type { Facts } from "../../causes.ts";
import { tell, type Family } from "../cause-words.ts";
import { quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";

const shownBy = (by: string): string => `Merkmal: ${phrase(by)}`;

/** What such a token is for, and what to send in its place. */
const PLACES: Readonly<Record<Facts["kind.proof"]["proof"], string>> = {
  assertion:
    "Es am Token-Endpunkt des Ausstellers eintauschen und das Access-Token senden, das zurückkommt.",
  custom_token:
    "Sich damit anmelden (signInWithCustomToken) und das ID-Token senden, das zurückkommt.",
  dpop_proof:
    "Das Access-Token im Header Authorization senden und den Proof daneben im Header DPoP.",
  logout_token:
    "Das Access-Token im Header Authorization senden. Ein Logout-Token ist eine Nachricht des Ausstellers und gewährt keinen Zugang.",
  other:
    "Das Access-Token im Header Authorization senden und Proofs und Assertions an ihrem eigenen Platz lassen.",
};

/** Words for the causes of the family kind. */
export const KIND: Family<"kind"> = {
  "kind.id_token": ({ by }) =>
    tell(
      "Ein ID-Token wurde gesendet, wo ein Access-Token verlangt ist.",
      [shownBy(by)],
      "Das Access-Token derselben Antwort senden (access_token). Das ID-Token sagt dem Client, wer sich angemeldet hat, und ist für keine API bestimmt.",
    ),
  "kind.access_token": ({ by }) =>
    tell(
      "Ein Access-Token wurde gesendet, wo ein ID-Token verlangt ist.",
      [shownBy(by)],
      "Das ID-Token derselben Antwort senden (id_token). Um eines zu bekommen, den Scope openid anfordern.",
    ),
  "kind.refresh_token": ({ by }) =>
    tell(
      "Ein Refresh-Token wurde gesendet, wo ein Access-Token verlangt ist.",
      [shownBy(by)],
      "Das Access-Token senden (access_token). Das Refresh-Token geht an den Token-Endpunkt des Ausstellers und sonst nirgendwohin.",
    ),
  "kind.proof": ({ what, by, proof }) =>
    tell(
      "Ein Token, das etwas anderes beweist, wurde als Access-Token gesendet.",
      [`es ist: ${phrase(what)} (${shownBy(by)})`],
      PLACES[proof],
    ),
  "kind.other_resource": ({ resource }, confidence) =>
    tell(
      "Das Token ist für eine andere API, und nur diese kann es prüfen.",
      [
        `es ist bestimmt für ${quoted(resource)}`,
        confidence === "certain" &&
          "die Signatur stimmt, wenn die Nonce im Header durch ihren SHA-256-Hash ersetzt wird",
      ],
      "Ein Token für diese API anfordern: in der Anfrage an den Aussteller deren eigenen Scope oder deren Resource nennen.",
    ),
};
