/** assay grant: what people allowed at a server, and its end. */
import { AdminClient } from "../admin-client.ts";
import type { ExitStatus } from "../exit-status.ts";
import { sayRevoked } from "../revoked-line.ts";
import { members, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { writeAnswer, type AnswerFlags } from "../write-answer.ts";

export async function list(
  flags: AnswerFlags & { readonly client?: string; readonly subject?: string },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { client: clientId, subject } = flags;
  const grants = await new AdminClient(flags).all("/grants", {
    clientId,
    subject,
  });
  return writeAnswer(grants, flags, terminal, () =>
    table(
      [
        { title: "grant", of: ({ grantId }) => grantId },
        { title: "client", of: (one) => one.clientId },
        { title: "subject", of: (one) => one.subject ?? "" },
        { title: "scopes", of: ({ scopes }) => scopes.join(" ") },
        {
          title: "state",
          of: ({ revokedAt }) => (revokedAt === null ? "" : "revoked"),
        },
      ],
      grants,
      terminal,
    ),
  );
}

export async function show(
  grantId: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "get",
    "/grants/{grantId}",
    { params: { grantId } },
  );
  return writeAnswer(body, flags, terminal, () =>
    members([
      ["grant", body.grantId],
      ["client", body.clientId],
      ["subject", body.subject],
      ["session", body.sessionId],
      ["scopes", body.scopes.join(" ")],
      ["resources", body.resources],
      ["made", body.createdAt],
      ["signed in", body.authenticatedAt],
      ["revoked", body.revokedAt],
    ]),
  );
}

export async function revoke(
  grantId: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "post",
    "/grants/{grantId}/revoke",
    { params: { grantId } },
  );
  return writeAnswer(body, flags, terminal, () => sayRevoked(body));
}
