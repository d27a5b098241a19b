import type { HistoryEvent } from "../inquiry.ts";
import { quoted } from "./untrusted.ts";

const EVENTS: Readonly<Record<HistoryEvent, string>> = {
  "code.issued": "an authorization code was issued",
  "code.redeemed": "the authorization code was redeemed",
  "token.issued": "the token was issued",
  "token.refreshed": "the token was refreshed",
  "token.reused": "a used token was presented again",
  "token.revoked": "the token was revoked",
  "grant.revoked": "the grant was revoked",
  "subject.disabled": "the user was disabled",
  "subject.deleted": "the user was deleted",
  "subject.password_changed": "the password was changed",
  "subject.logged_out": "the user signed out",
  "subject.tokens_revoked_before": "all earlier tokens were revoked",
  "client.disabled": "the client was disabled",
  "client.secret_rotated": "the client got a new secret",
  "key.activated": "a key was put into use",
  "key.retired": "the key was retired",
  "key.withdrawn": "the key was withdrawn",
};

/** Who says that a token was ended, where no history tells of an event. */
const SOURCES: Readonly<Record<string, string>> = {
  "the server's answer": "the server's answer says so",
  introspection: "introspection says so",
  invalid: "the status list says invalid",
  suspended: "the status list says suspended",
  revoked: "it was revoked",
};

/** What happened, in words: "the user signed out". */
export function happened(event: string): string {
  if (Object.hasOwn(EVENTS, event)) return EVENTS[event as HistoryEvent];
  return Object.hasOwn(SOURCES, event)
    ? (SOURCES[event] as string)
    : `the event ${quoted(event)}`;
}
