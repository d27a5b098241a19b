import type { HistoryEvent } from "../../inquiry.ts";
import { quoted } from "./lists.ts";

const EVENTS: Readonly<Record<HistoryEvent, string>> = {
  "code.issued": "ein Autorisierungscode wurde ausgestellt",
  "code.redeemed": "der Autorisierungscode wurde eingelöst",
  "token.issued": "das Token wurde ausgestellt",
  "token.refreshed": "das Token wurde erneuert",
  "token.reused": "ein verbrauchtes Token wurde noch einmal vorgelegt",
  "token.revoked": "das Token wurde widerrufen",
  "grant.revoked": "der Grant wurde widerrufen",
  "subject.disabled": "der Benutzer wurde gesperrt",
  "subject.deleted": "der Benutzer wurde gelöscht",
  "subject.password_changed": "das Passwort wurde geändert",
  "subject.logged_out": "der Benutzer hat sich abgemeldet",
  "subject.tokens_revoked_before": "alle früheren Token wurden widerrufen",
  "client.disabled": "der Client wurde gesperrt",
  "client.secret_rotated": "der Client bekam ein neues Geheimnis",
  "key.activated": "ein Schlüssel wurde in Betrieb genommen",
  "key.retired": "der Schlüssel wurde außer Dienst gestellt",
  "key.withdrawn": "der Schlüssel wurde zurückgezogen",
};

/** Who says that a token was ended, where no history tells of an event. */
const SOURCES: Readonly<Record<string, string>> = {
  "the server's answer": "laut Antwort des Servers",
  introspection: "laut Introspection",
  invalid: "laut Statusliste ungültig",
  suspended: "laut Statusliste ausgesetzt",
  revoked: "widerrufen",
};

/** What happened, in words: "der Benutzer hat sich abgemeldet". */
export function happened(event: string): string {
  if (Object.hasOwn(EVENTS, event)) return EVENTS[event as HistoryEvent];
  return Object.hasOwn(SOURCES, event)
    ? (SOURCES[event] as string)
    : `das Ereignis ${quoted(event)}`;
}
