import type { Facts } from "../../causes.ts";
import { tell, type Family } from "../cause-words.ts";
import { allOf, anyOf, quoted } from "./lists.ts";
import { phrase } from "./phrases.ts";

const both = (expected: string, found: string): string =>
  `erwartet: ${expected}, gefunden: ${found}`;

/** No mapper writes these: the issuer binds a token to what the client shows when it asks for it. */
const BOND: ReadonlyMap<string, string> = new Map([
  [
    "cnf.jkt",
    "Auch mit der Token-Anfrage einen DPoP-Proof senden: Dann bindet der Aussteller das Token an dessen Schlüssel und schreibt cnf.jkt (RFC 9449 Abschnitt 5).",
  ],
  [
    "cnf.x5t#S256",
    "Das Client-Zertifikat auch am Token-Endpunkt vorlegen und den Aussteller die Token dieses Clients daran binden lassen (RFC 8705 Abschnitt 3).",
  ],
]);

/** Words for the causes of the families audience and claim. */
export const AUDIENCE: Family<"audience"> & Family<"claim"> = {
  "audience.absent": ({ expected, party }) =>
    tell(
      "Der Aussteller schreibt keine Audience in dieses Token.",
      [
        `das Token hat kein aud, erwartet: ${anyOf(expected)}`,
        party !== null && `es wurde ausgestellt für ${quoted(party)}`,
      ],
      "Der Aussteller muss die Kennung der API als aud hinzufügen (Mapper, Resource oder Parameter audience). Die Prüfung nicht abschalten.",
    ),
  "audience.client_id": (facts) =>
    tell(
      "Die ID eines Clients und die Kennung der API wurden verwechselt.",
      [
        both(quoted(facts.expected), quoted(facts.found)),
        facts.clientIdIn === "verifier"
          ? "der Verifier erwartet die ID eines Clients"
          : facts.clientIdIn === "token"
            ? "die Audience des Tokens ist die ID eines Clients"
            : "eines von beiden ist die ID eines Clients",
      ],
      mixedUpFix(facts),
    ),
  "audience.form": ({ expected, found, difference }) =>
    tell(
      "Die Audience ist die richtige, nur anders geschrieben.",
      [
        both(quoted(expected), quoted(found)),
        `der Unterschied: ${phrase(difference)}`,
      ],
      `Die Audience genau so konfigurieren, wie der Aussteller sie schreibt: ${quoted(found)}.`,
    ),
  "audience.default": ({ found, name }) =>
    tell(
      "Das Token ist für die Standard-Audience des Ausstellers, weil keine API genannt wurde.",
      [`gefunden: ${quoted(found)} (${phrase(name)})`],
      "Diese API nennen, wenn das Token angefordert wird: über ihren Scope oder den Parameter resource oder audience, den der Aussteller nimmt.",
    ),
  "audience.environment": ({ expected, found }) =>
    tell(
      "Das Token ist für dieselbe API in einer anderen Umgebung.",
      [both(quoted(expected), quoted(found))],
      "Prüfen, für welche Umgebung der Client Token anfordert und auf welche Audience der Verifier eingestellt ist.",
    ),
  "audience.other": ({ expected, found }) =>
    tell(
      "Das Token ist für jemand anderen.",
      [both(anyOf(expected), allOf(found))],
      "Beim Aussteller ein Token für diese API anfordern und dieses senden. Ein Token für eine andere API darf nicht weitergereicht werden.",
    ),
  "claim.absent": ({ claim }) =>
    tell(
      "Ein Claim, den der Verifier braucht, wird nicht ausgestellt.",
      [`das Token hat keinen Claim ${quoted(claim)}`],
      BOND.get(claim) ??
        `Der Aussteller muss ${quoted(claim)} in diese Art von Token schreiben: über einen Mapper, einen Scope oder eine Einstellung des Clients.`,
    ),
  "claim.shape": ({ claim, expected, found }) =>
    // Expected under its own name, it stands under another one.
    expected === claim
      ? tell(
          "Ein Claim steht unter einem anderen Namen.",
          [
            `erwartet unter dem Namen ${quoted(claim)}, gefunden unter ${quoted(found)}`,
          ],
          `Ihn unter dem Namen ${quoted(claim)} ausstellen oder den Verifier ${quoted(found)} lesen lassen.`,
        )
      : tell(
          "Ein Claim ist da, aber in einer anderen Form.",
          [
            expected === found
              ? `Claim ${quoted(claim)}: auf beiden Seiten ${phrase(found)}, in anderer Reihenfolge oder Schreibweise`
              : `Claim ${quoted(claim)}: ${both(phrase(expected), phrase(found))}`,
          ],
          expected === found
            ? `Den Claim ${quoted(claim)} genau so ausstellen, wie er verlangt wird: dieselben Werte, in derselben Reihenfolge und Schreibweise.`
            : `Den Claim ${quoted(claim)} in dieser Form ausstellen: ${phrase(expected)}.`,
        ),
  "claim.value": ({ claim }) =>
    tell(
      "Ein Claim hat einen anderen Wert, als der Verifier braucht.",
      [`der Claim ${quoted(claim)} hat nicht den verlangten Wert`],
      "Ein Token für den richtigen Benutzer, Mandanten oder Client holen. Ist das Token das richtige, den erwarteten Wert berichtigen.",
    ),
  "claim.nonce": ({ present }) =>
    tell(
      "Das ID-Token gehört zu einer anderen Anmeldung.",
      [
        present
          ? "seine Nonce ist nicht die dieser Anmeldung"
          : "es hat keine Nonce, aber diese Anmeldung hat eine gesendet",
      ],
      "Für jede Anmeldung eine eigene Nonce aufbewahren und mit dieser vergleichen. Die Antwort eines früheren Versuchs oder eines anderen Tabs verwerfen.",
    ),
};

/** An access token is for an API, an ID token for a client: who holds the wrong one of the two must change it. */
function mixedUpFix({
  found,
  clientIdIn,
  idToken,
}: Facts["audience.client_id"]): string {
  if (idToken)
    return clientIdIn === "token"
      ? `Ein ID-Token ist für den Client. Die ID des Clients als Audience konfigurieren: ${quoted(found)}.`
      : "Das ID-Token genau dieses Clients senden (id_token). Ein Token für eine API ist kein ID-Token.";
  return clientIdIn === "verifier"
    ? `Die Kennung der API als Audience konfigurieren, nicht die ID des Clients. Ist ${quoted(found)} diese API, dann diese Kennung.`
    : "Ein Token für die API anfordern, über deren eigene Kennung oder deren Scope. Ein Token für den Client selbst ist ein ID-Token oder Ähnliches.";
}
