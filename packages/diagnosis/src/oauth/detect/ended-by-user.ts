import type { HistoryEntry } from "../../inquiry.ts";

/** Whether the user ended it, by what the entry says: who is named there, else what is mostly done by users. */
export function endedByUser({
  event,
  by,
  subject,
  clientId,
}: HistoryEntry): boolean {
  // A client that takes itself out of use is run by an operator; its users had no part in it.
  if (event === "client.disabled" || event === "key.withdrawn") return false;
  if (by === undefined)
    return (
      event === "subject.logged_out" ||
      event === "subject.password_changed" ||
      event === "grant.revoked"
    );
  return (
    by === subject ||
    // An application that revokes its own token was told to by its user: that is how one signs out of it.
    by === clientId ||
    /^(?:user|self|subject|client)$/i.test(by)
  );
}
