/** assay token revoke: ends one token, or all that somebody or some time names. */
import type { AdminInput } from "@assay/issuer";
import { AdminClient } from "../admin-client.ts";
import type { ExitStatus } from "../exit-status.ts";
import { readWords } from "../read-text.ts";
import { sayRevoked } from "../revoked-line.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { writeAnswer, type AnswerFlags } from "../write-answer.ts";

type Ending = AdminInput<"post", "/revocations">["body"];

export interface RevokeFlags extends AnswerFlags {
  readonly subject?: string;
  readonly change?: string;
  readonly session?: string;
  readonly client?: string;
  readonly all?: boolean;
  readonly before?: string;
}

export async function revoke(
  words: readonly string[],
  flags: RevokeFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const ending = endingOf(flags);
  if (ending !== null && words.length > 0)
    throw new UsageError(
      "expected a token or whose tokens end, found both",
      'assay token revoke "$TOKEN"',
    );
  const admin = new AdminClient(flags);
  const { body } =
    ending === null
      ? await admin.call("post", "/tokens/revoke", {
          body: { name: (await readWords(words, "token revoke")).trim() },
        })
      : await admin.call("post", "/revocations", { body: ending });
  return writeAnswer(body, flags, terminal, () => sayRevoked(body));
}

/** null: one token is meant. */
function endingOf(flags: RevokeFlags): Ending | null {
  const { subject, change, session, client, all, before } = flags;
  const until = before === undefined ? {} : { before };
  if (all === true) {
    if (before === undefined)
      throw new UsageError(
        "--all: expected --before beside it, found none",
        "assay token revoke --all --before 2026-11-26T09:00:00Z",
      );
    return { by: "all", before };
  }
  if (client !== undefined) return { by: "client", clientId: client, ...until };
  if (session !== undefined) {
    if (subject === undefined)
      throw new UsageError(
        "--session: expected --subject beside it, found none",
        `assay token revoke --session ${session} --subject SUBJECT`,
      );
    return { by: "session", sessionId: session, subject };
  }
  if (subject === undefined) return null;
  return {
    by: "subject",
    subject,
    ...until,
    ...(change !== undefined && { change }),
  } as Ending;
}
