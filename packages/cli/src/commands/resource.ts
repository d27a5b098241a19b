/** assay resource: registers, shows and changes resources of a server. */
import type { AdminInput } from "@assay/issuer";
import { AdminClient, type ListItem } from "../admin-client.ts";
import type { ExitStatus } from "../exit-status.ts";
import { members, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { writeAnswer, type AnswerFlags } from "../write-answer.ts";

type Resource = ListItem<"/resources">;
type Changes = AdminInput<"patch", "/resources/{resource}">["body"];

export interface ResourceFlags extends AnswerFlags {
  readonly name?: string;
  readonly scope?: string[];
  readonly format?: string;
  readonly algorithm?: string;
  readonly accessTokenSeconds?: number;
  readonly dpop?: boolean;
  readonly claim?: readonly string[];
}

export async function list(
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const resources = await new AdminClient(flags).all("/resources");
  return writeAnswer(resources, flags, terminal, () =>
    table(
      [
        { title: "resource", of: ({ resource }) => resource },
        { title: "tokens", of: ({ format }) => format },
        {
          title: "seconds",
          of: ({ accessTokenSeconds }) => String(accessTokenSeconds),
        },
        { title: "scopes", of: ({ scopes }) => scopes.join(" ") },
      ],
      resources,
      terminal,
    ),
  );
}

export async function show(
  resource: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "get",
    "/resources/{resource}",
    { params: { resource } },
  );
  return say(body, flags, terminal);
}

export async function create(
  resource: string,
  flags: ResourceFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call("post", "/resources", {
    body: { ...settingsOf(flags), resource },
  });
  return say(body, flags, terminal);
}

export async function change(
  resource: string,
  flags: ResourceFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const body = settingsOf(flags);
  if (Object.keys(body).length === 0)
    throw new UsageError(
      "expected a setting to change, found none",
      `assay resource change ${resource} --name NAME`,
    );
  const admin = new AdminClient(flags);
  const params = { resource };
  const { etag } = await admin.call("get", "/resources/{resource}", { params });
  const changed = await admin.call("patch", "/resources/{resource}", {
    params,
    ifMatch: etag ?? "",
    body,
  });
  return say(changed.body, flags, terminal);
}

function settingsOf(flags: ResourceFlags): Changes {
  const given = {
    name: flags.name,
    scopes: flags.scope,
    format: flags.format,
    algorithm: flags.algorithm,
    accessTokenSeconds: flags.accessTokenSeconds,
    requireDpop: flags.dpop,
    claims:
      flags.claim &&
      Object.fromEntries(
        flags.claim.map((pair) => {
          const [claim = "", ...member] = pair.split("=");
          if (claim === "" || member.length === 0)
            throw new UsageError(
              `--claim: expected CLAIM=MEMBER, found “${pair.slice(0, 60)}”`,
            );
          return [claim, member.join("=")];
        }),
      ),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
}

async function say(
  resource: Resource,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  return writeAnswer(resource, flags, terminal, () =>
    members([
      ["resource", resource.resource],
      ["name", resource.name],
      ["tokens", `${resource.format}, ${resource.accessTokenSeconds} s`],
      ["algorithm", resource.format === "jwt" ? resource.algorithm : null],
      ["scopes", resource.scopes.join(" ")],
      ["DPoP", resource.requireDpop ? "demanded" : null],
      [
        "claims",
        Object.entries(resource.claims).map(([a, b]) => `${a} = ${b}`),
      ],
    ]),
  );
}
