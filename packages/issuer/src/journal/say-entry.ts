/** One entry of the journal as a sentence for an operator. */
import { visible } from "@assay/diagnosis";
import type { EventName, JournalEntry } from "./events.ts";

/** `self`: what the story is told of. */
type Say = (entry: Told, self: boolean) => string;
type Told = Pick<JournalEntry, "facts" | "clientId" | "resource" | "tokenId">;

const fact = ({ facts }: Told, name: string): string | null => {
  const value = facts?.[name];
  return value === undefined || value === null ? null : shown(String(value));
};

/** What comes from a request is cut, and its control characters are made visible. */
const shown = (text: string): string => visible(text.slice(0, 120));

const because = (told: Told, name: string): string => {
  const value = fact(told, name);
  return value === null ? "" : ` (${value.replaceAll("_", " ")})`;
};

const SENTENCES: Readonly<Record<EventName, Say>> = {
  "code.issued": () => "An authorization code was issued.",
  "code.redeemed": () => "The authorization code was redeemed.",
  "token.issued": ({ resource }, self) =>
    `${self ? "This" : "A"} token was issued${resource === undefined ? "" : ` for ${shown(resource)}`}.`,
  "token.refreshed": (_, self) =>
    `${self ? "This" : "A"} refresh token was used, and brought new tokens.`,
  "token.reused": (told, self) => {
    const story = STORIES[fact(told, "story") ?? ""] ?? "";
    const what = `${self ? "This" : "A"} superseded refresh token came back`;
    return told.facts?.["answered"] === true
      ? `${what} within the grace, and was answered once more${story}.`
      : `${what}, and was refused${story}.`;
  },
  "token.revoked": (told, self) =>
    `${self ? "This" : "A"} token was revoked${because(told, "because")}.`,
  "grant.revoked": (told) =>
    `The grant was revoked, and all its tokens with it${because(told, "because")}.`,
  "subject.disabled": () => "The account was disabled.",
  "subject.deleted": () => "The account was deleted.",
  "subject.password_changed": () => "The password was changed.",
  "subject.logged_out": () => "The user signed out.",
  "subject.tokens_revoked_before": () =>
    "All tokens that were issued before were revoked.",
  "client.disabled": () => "The client was disabled.",
  "client.secret_rotated": () => "The client got a new secret.",
  "key.activated": () => "The key began to sign.",
  "key.retired": () => "The key ceased to sign.",
  "key.withdrawn": () => "The key was withdrawn, and its tokens with it.",
  "request.refused": (told) =>
    `A request to the ${fact(told, "endpoint") ?? "server"} endpoint was refused: ${fact(told, "code") ?? "no code"}${because(told, "reason")}.`,
  "refusals.counted": (told) =>
    `${fact(told, "count") ?? "Some"} more refusals were counted and not kept.`,
  "requests.turned_away": (told) =>
    `${fact(told, "count") ?? "Some"} ${fact(told, "count") === "1" ? "request was" : "requests were"} turned away: ${fact(told, "status") === "421" ? `for another host than this server${because(told, "host")}` : "too many came from one address"}.`,
  "token.inactive": (told) =>
    `Introspection found the token inactive${because(told, "reason")}.`,
  "token.refused": (told) =>
    `The refresh token was refused${because(told, "why")}.`,
  "subject.signed_in": () => "The user signed in.",
  "subject.erased": () =>
    "The key of a person was destroyed: what the journal has of that person can be read by nobody.",
  "client.created": () => "The client was created.",
  "client.changed": () => "The client's settings were changed.",
  "client.enabled": () => "The client was enabled.",
  "resource.changed": ({ resource }) =>
    resource === undefined
      ? "A resource was changed."
      : `The resource ${shown(resource)} was changed.`,
  "exchange_rule.changed": () => "A rule for token exchange was changed.",
  "key.published": () => "The key was published.",
  "master_key.rotated": () => "The master key was changed.",
  "journal.read": () => "The journal was read.",
  "journal.trimmed": (told) =>
    `${fact(told, "entries") ?? "Some"} entries that were too old left the journal.`,
  "diagnosis.read": () => "The diagnosis of a refusal was read.",
  "server.started": () => "The server was started.",
  "guard.refused": (told, self) =>
    `${guardOf(told)} refused ${self ? "this" : "a"} token${judgement(told)}.`,
  "guard.undecided": (told, self) =>
    `${guardOf(told)} could not judge ${self ? "this" : "a"} token${judgement(told)}.`,
  "guard.admitted": (told, self) =>
    `${guardOf(told)} admitted ${self ? "this" : "a"} token.`,
  "guard.counted": (told) =>
    `${guardOf(told)} counted ${fact(told, "count") ?? "some"} more events and told none of them.`,
  "guard.gap": (told) =>
    `Of what ${guardOf(told).replace("The", "the")} has told, ${fact(told, "count") ?? "some"} events are missing: from number ${fact(told, "from") ?? "1"}, of its process ${fact(told, "boot") ?? "that is not named"}.`,
};

const guardOf = (told: Told): string =>
  `The guard ${fact(told, "guard") ?? "of an API"}`;

/** By codes, which the handbook has a page for each. */
function judgement(told: Told): string {
  const reason = fact(told, "reason") ?? fact(told, "problem");
  const cause = fact(told, "cause");
  const words = [
    ...(reason === null ? [] : [reason]),
    ...(cause === null ? [] : [`cause ${cause}`]),
  ];
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

const STORIES: Readonly<Record<string, string>> = {
  race: ": two parts of the client used it at once",
  lost_response: ": the first answer was lost",
  not_stored: ": the client had kept the old one",
  theft: ": it looks stolen",
};

export const sayEntry = (
  entry: Told & Pick<JournalEntry, "event">,
  self: boolean,
): string =>
  Object.hasOwn(SENTENCES, entry.event)
    ? SENTENCES[entry.event](entry, self)
    : `${shown(entry.event)}.`;
