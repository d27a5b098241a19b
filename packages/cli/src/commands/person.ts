/** assay person erase: the end of what the journal of a server knows of a person. */
import { AdminClient } from "../admin-client.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Terminal } from "../terminal.ts";
import { writeAnswer, type AnswerFlags } from "../write-answer.ts";

export async function erase(
  subject: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call("post", "/persons/erase", {
    body: { subject },
  });
  const status = await writeAnswer(body, flags, terminal, () =>
    body.erased
      ? "Erased. Nobody can read any more whom the entries are about; other servers of the same database follow within a minute.\n"
      : "Nothing was left to erase: the journal knows nothing of such a person, or no longer.\n",
  );
  if (body.erased) terminal.note(WHAT_STAYS);
  return status;
}

const WHAT_STAYS =
  "What stays: the entries themselves, without the person, so that the chain is whole; grants and tokens of the person, until their time is up (assay token revoke --subject SUBJECT --change deleted ends them now); and backups from before, which still hold the key.";
