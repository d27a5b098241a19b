/**
 * Fields of persons are opened for who asked for them in so many words and may read the journal, and that he did stands in the journal.
 * Threat: an operator who looks for somebody while he looks after tokens.
 */
import type { IssuerContext } from "../issuer-context.ts";
import type { About } from "../journal/journal-writer.ts";
import { requireScope, type Caller } from "./caller.ts";

/** Throws insufficient_scope. The entry is on disk before anything is shown. */
export async function openPersonal(
  { journal }: IssuerContext,
  caller: Caller,
  about: About,
): Promise<void> {
  requireScope(caller, "journal:read");
  await journal.write(
    "journal.read",
    { ...about, facts: { ...about.facts, personal: true } },
    caller.actor,
  );
}
