/** assay grant: what people allowed at a server, and its end. */
import { safeJson } from "@assay/diagnosis";
import { AdminClient, type ServerFlags } from "../admin-client.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { sayRevoked } from "../revoked-line.ts";
import { members, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

interface Flags extends ServerFlags {
  readonly json?: boolean;
}

export async function list(
  flags: Flags & { readonly client?: string; readonly subject?: string },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { client: clientId, subject } = flags;
  const grants = await new AdminClient(flags).all("/grants", {
    clientId,
    subject,
  });
  await terminal.write(
    flags.json
      ? `${safeJson(grants, 2)}\n`
      : table(
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
  return EXIT.accepted;
}

export async function show(
  grantId: string,
  flags: Flags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "get",
    "/grants/{grantId}",
    { params: { grantId } },
  );
  await terminal.write(
    flags.json
      ? `${safeJson(body, 2)}\n`
      : members([
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
  return EXIT.accepted;
}

export async function revoke(
  grantId: string,
  flags: Flags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "post",
    "/grants/{grantId}/revoke",
    { params: { grantId } },
  );
  await terminal.write(
    flags.json ? `${safeJson(body, 2)}\n` : sayRevoked(body),
  );
  return EXIT.accepted;
}
