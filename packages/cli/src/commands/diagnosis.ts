/** assay diagnosis: what stands behind the handle of a refusal. */
import { render, safeJson, type Diagnosis } from "@assay/diagnosis";
import type { AdminAnswer } from "@assay/issuer";
import { AdminClient, type ServerFlags } from "../admin-client.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { members } from "../table.ts";
import type { Terminal } from "../terminal.ts";

export type Refusal = AdminAnswer<"post", "/diagnoses/read">;

export async function readDiagnosis(
  handle: string,
  flags: ServerFlags & { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  const refusal = await refusalBehind(handle, new AdminClient(flags));
  await terminal.write(
    flags.json ? `${safeJson(refusal, 2)}\n` : sayRefusal(refusal, terminal),
  );
  return EXIT[refusal.diagnosis.outcome];
}

export async function refusalBehind(
  handle: string,
  client: AdminClient,
): Promise<Refusal> {
  const { body } = await client.call("post", "/diagnoses/read", {
    body: { handle },
  });
  return body;
}

export function sayRefusal(
  body: Refusal,
  { width, colour }: Pick<Terminal, "width" | "colour">,
): string {
  const diagnosis = body.diagnosis as unknown as Diagnosis;
  return `${render(diagnosis, "terminal", { width, colour, now: Math.floor(Date.parse(body.at) / 1000) })}\n${members(
    [
      ["refused", body.at],
      ["endpoint", body.endpoint],
      ["resource", textOf(body.facts["resource"])],
      ["request", body.who?.request ?? null],
      ["seen", textOf(body.facts["seenAt"])],
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
  )}`;
}

const textOf = (fact: unknown): string | null =>
  typeof fact === "string" ? fact : null;
