/** assay diagnosis: what stands behind the handle of a refusal. */
import { render, safeJson, type Diagnosis } from "@assay/diagnosis";
import { AdminClient, type ServerFlags } from "../admin-client.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { members } from "../table.ts";
import type { Terminal } from "../terminal.ts";

export async function readDiagnosis(
  handle: string,
  flags: ServerFlags & { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "post",
    "/diagnoses/read",
    { body: { handle } },
  );
  const diagnosis = body.diagnosis as unknown as Diagnosis;
  const { width, colour } = terminal;
  await terminal.write(
    flags.json
      ? `${safeJson(body, 2)}\n`
      : `${render(diagnosis, "terminal", { width, colour, now: Math.floor(Date.parse(body.at) / 1000) })}\n${members(
          [
            ["refused", body.at],
            ["endpoint", body.endpoint],
            ["answered", `${body.code}: ${body.description}`],
            ["client", body.clientId],
            [
              "proven",
              body.clientId === null
                ? null
                : body.authenticated
                  ? "yes"
                  : "no: anybody can say so",
            ],
            ["token", body.tokenId],
            ["grant", body.grantId],
            ["subject", body.who?.subject ?? null],
            ["address", body.who?.ip ?? null],
            ["agent", body.who?.agent ?? null],
            ["readable", `until ${body.expiresAt}`],
          ],
        )}`,
  );
  return EXIT[diagnosis.outcome];
}
