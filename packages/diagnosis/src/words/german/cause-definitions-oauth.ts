import type { OauthFacts } from "../../oauth/facts.ts";

/** What each cause of OAuth endpoints means, in one sentence. */
export const OAUTH_DEFINITIONS: Readonly<Record<keyof OauthFacts, string>> = {
  "oauth.code_reused":
    "Der Autorisierungscode wurde schon einmal eingelöst und gilt nur für ein Mal.",
  "oauth.code_expired":
    "Der Autorisierungscode wurde zu spät eingelöst: Er gilt nur Minuten.",
  "oauth.pkce":
    "Code-Verifier und Code-Challenge gehören nicht zusammen, oder eines von beiden fehlt.",
  "oauth.redirect_uri":
    "Die Redirect-Adresse ist nicht die registrierte oder nicht die der Autorisierungsanfrage.",
  "oauth.client_authentication_method":
    "Der Client weist sich anders aus als registriert oder auf zwei Arten zugleich.",
  "oauth.client_secret_encoding":
    "ID oder Secret wurde vor dem Header nicht formular-kodiert oder einmal zu oft kodiert.",
  "oauth.client_secret_wrong":
    "Das Secret ist ein altes, ein abgelaufenes oder das eines anderen Clients.",
  "oauth.client_unknown": "Der Aussteller kennt keinen Client mit dieser ID.",
  "oauth.assertion_audience":
    "Die Zielangabe der Client-Assertion ist keiner der Namen, auf die der Server hört.",
  "oauth.assertion_time":
    "Die Client-Assertion ist abgelaufen, gilt zu lange oder kommt aus der Zukunft.",
  "oauth.assertion_replayed":
    "Die Client-Assertion wurde schon gesendet und gilt nur für eine Anfrage.",
  "oauth.request_format":
    "Die Anfrage hat eine Form, die der Endpunkt nicht liest, oder es fehlt ein Parameter.",
  "oauth.grant_not_allowed":
    "Der Client ist für diesen Grant oder diesen Scope nicht registriert.",
  "oauth.scope_invalid":
    "Die Anfrage verlangt einen Scope, den der Server nicht kennt oder den dieser Client nicht bekommt.",
  "oauth.resource_unknown":
    "Die Anfrage nennt als resource oder audience eine API, die der Server nicht kennt.",
  "oauth.refresh_race":
    "Zwei Teile eines Clients haben ein Refresh-Token zugleich verwendet, und gestohlen wurde nichts.",
  "oauth.refresh_lost_response":
    "Die Antwort auf die erste Verwendung des Refresh-Tokens kam nie an, und der Client versuchte es noch einmal.",
  "oauth.refresh_not_stored":
    "Der Client verwendet das alte Refresh-Token weiter, obwohl er ein neues bekommen hat.",
  "oauth.refresh_theft":
    "Ein abgelöstes Refresh-Token kam von anderswo zurück, nachdem sein Nachfolger verwendet worden war.",
  "oauth.refresh_expired": "Das Refresh-Token hat sein Höchstalter erreicht.",
  "oauth.refresh_idle": "Das Refresh-Token wurde zu lange nicht verwendet.",
  "oauth.refresh_other_client":
    "Das Refresh-Token wurde für einen anderen Client ausgestellt als den, der es sendet.",
  "oauth.introspection_wrong_issuer":
    "Der nach dem Token gefragte Server ist nicht der, der es ausgestellt hat.",
  "oauth.error_misleading":
    "Der Server nennt einen anderen Fehler als den, den der Standard für das vorsieht, was wirklich nicht stimmt.",
};
