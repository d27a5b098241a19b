import { namesOfSubject } from "../token-names.ts";
import type { HistoryEntry } from "../inquiry.ts";

/** Who stands behind an event: the user, the client in the user's name, a machine, or another person. null: nobody is named. */
export type Ender = "user" | "client" | "system" | "other" | null;

const SYSTEM =
  /^(?:system|server|issuer|as|idp|op|auth(?:orization)?[-_ ]?server|internal|auto(?:matic)?|reuse[-_ ]?detect\w*|token[-_ ]?service|rotation)$/i;
const SELF =
  /^(?:self|user|subject|owner|end[-_ ]?user|resource[-_ ]?owner|customer|me|self[-_ ]?service|(?:my[-_ ]?)?account[-_ ]?(?:console|portal|page|settings)?)$/i;
const USER_CLAIMS = [
  "email",
  "preferred_username",
  "upn",
  "unique_name",
  "name",
];

export function whoEndedIt(
  entry: HistoryEntry,
  claims: Readonly<Record<string, unknown>>,
  client: string | null,
): Ender {
  const { by, subject, clientId } = entry;
  if (by === undefined || by === "") return null;
  const names = [
    ...namesOfSubject(claims),
    ...USER_CLAIMS.map((name) => claims[name]),
  ];
  if (by === subject || names.includes(by) || SELF.test(by)) return "user";
  if (by === clientId || by === client || /^(?:client|app|rp)$/i.test(by))
    return "client";
  return SYSTEM.test(by) ? "system" : "other";
}
