/** assay client: registers, shows and changes clients of a server. */
import { safeJson } from "@assay/diagnosis";
import type { AdminInput } from "@assay/issuer";
import { AdminClient, type ListItem } from "../admin-client.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { grantTypeOf } from "../grant-type-names.ts";
import { nameOfKey, publicKeysIn } from "../public-keys-file.ts";
import { readJsonFile } from "../read-text.ts";
import { members, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { writeAnswer, type AnswerFlags } from "../write-answer.ts";

type Client = ListItem<"/clients">;
type NewClient = AdminInput<"post", "/clients">["body"];
type Changes = AdminInput<"patch", "/clients/{clientId}">["body"];

/** Settings of a client as flags. */
export interface ClientFlags extends AnswerFlags {
  readonly name?: string;
  readonly authentication?: string;
  readonly grant?: readonly string[];
  readonly redirectUri?: readonly string[];
  readonly scope?: readonly string[];
  readonly resource?: readonly string[];
  readonly keys?: string;
  readonly origin?: readonly string[];
  readonly introspects?: readonly string[];
  readonly adminScope?: readonly string[];
  readonly dpop?: boolean;
  readonly fapi?: boolean;
  readonly accessTokenSeconds?: number;
  readonly input?: string;
}

export async function list(
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const clients = await new AdminClient(flags).all("/clients");
  return writeAnswer(clients, flags, terminal, () =>
    table(
      [
        { title: "client", of: ({ clientId }) => clientId },
        { title: "name", of: ({ name }) => name },
        { title: "authentication", of: (one) => one.authentication },
        { title: "scopes", of: ({ scopes }) => scopes.join(" ") },
        {
          title: "state",
          of: ({ disabledAt }) => (disabledAt === null ? "" : "disabled"),
        },
      ],
      clients,
      terminal,
    ),
  );
}

export async function show(
  clientId: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "get",
    "/clients/{clientId}",
    { params: { clientId } },
  );
  if (flags.json) await terminal.write(`${safeJson(body, 2)}\n`);
  else {
    const secrets = body.secrets.map(
      ({ secretId, createdAt, expiresAt, lastUsedAt, live }) =>
        `${secretId}  ${live ? "live" : "ended"}, made ${createdAt}, ${expiresAt === null ? "no end" : `ends ${expiresAt}`}, ${lastUsedAt === null ? "never used" : `last used ${lastUsedAt}`}`,
    );
    await terminal.write(sayClient(body, secrets));
  }
  return EXIT.accepted;
}

export async function create(
  clientId: string | undefined,
  flags: ClientFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const given = await settingsOf(flags);
  if (given.authentication === undefined)
    throw new UsageError(
      "--authentication: expected how the client proves who it is, found nothing",
      `assay client create ${clientId ?? "ID"} --authentication client_secret_basic`,
    );
  const { body } = await new AdminClient(flags).call("post", "/clients", {
    body: {
      ...(clientId !== undefined && { clientId }),
      ...given,
    } as NewClient,
  });
  const { client, secret } = body;
  if (flags.json) await terminal.write(`${safeJson(body, 2)}\n`);
  else
    await terminal.write(
      sayClient(client, []) +
        (secret ? members([["secret", secret.secret]]) : ""),
    );
  if (secret) noteSecret(terminal);
  return EXIT.accepted;
}

export async function change(
  clientId: string,
  flags: ClientFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const body = (await settingsOf(flags)) as Changes;
  if (Object.keys(body).length === 0)
    throw new UsageError(
      "expected a setting to change, found none",
      `assay client change ${clientId} --name NAME`,
    );
  const admin = new AdminClient(flags);
  const params = { clientId };
  const { etag } = await admin.call("get", "/clients/{clientId}", { params });
  const { body: changed } = await admin.call("patch", "/clients/{clientId}", {
    params,
    ifMatch: etag ?? "",
    body,
  });
  return writeAnswer(changed, flags, terminal, () => sayClient(changed, []));
}

export async function disable(
  clientId: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "post",
    "/clients/{clientId}/disable",
    { params: { clientId } },
  );
  return writeAnswer(
    body,
    flags,
    terminal,
    () =>
      `Disabled. Ended with it: ${body.grants} grants, ${body.accessTokens} access tokens.\n`,
  );
}

export async function enable(
  clientId: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "post",
    "/clients/{clientId}/enable",
    { params: { clientId } },
  );
  return writeAnswer(
    body,
    flags,
    terminal,
    () => "Enabled. What was ended stays ended.\n",
  );
}

export async function addSecret(
  clientId: string,
  flags: AnswerFlags & { readonly expiresIn?: number },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "post",
    "/clients/{clientId}/secrets",
    {
      params: { clientId },
      body: {
        ...(flags.expiresIn !== undefined && {
          expiresInSeconds: flags.expiresIn,
        }),
      },
    },
  );
  const status = await writeAnswer(
    body,
    flags,
    terminal,
    () => `${body.secret}\n`,
  );
  noteSecret(terminal);
  return status;
}

export async function endSecret(
  clientId: string,
  secretId: string,
  flags: AnswerFlags & { readonly in?: number },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "post",
    "/clients/{clientId}/secrets/{secretId}/end",
    { params: { clientId, secretId }, body: { inSeconds: flags.in ?? 0 } },
  );
  return writeAnswer(
    body,
    flags,
    terminal,
    () => `${body.live ? "Ends" : "Ended"} ${body.expiresAt ?? ""}.\n`,
  );
}

const noteSecret = (terminal: Terminal): void =>
  terminal.note(
    "The secret is shown this once: put it where the client reads it. The server cannot show it again.",
  );

/** Flags and a file of settings; a flag goes before the file. */
async function settingsOf(
  flags: ClientFlags,
): Promise<Readonly<Record<string, unknown>>> {
  const file =
    flags.input === undefined ? {} : await readJsonFile(flags.input, "--input");
  if (typeof file !== "object" || file === null || Array.isArray(file))
    throw new UsageError(
      "--input: expected a client as a JSON object, found something else",
    );
  const { name, authentication, grant, redirectUri, scope, resource } = flags;
  const { origin, introspects, adminScope, dpop, fapi } = flags;
  const given = {
    name,
    authentication,
    grantTypes: grant?.map(grantTypeOf),
    redirectUris: redirectUri,
    scopes: scope,
    resources: resource,
    keys:
      flags.keys === undefined
        ? undefined
        : await publicKeysIn(flags.keys, "--keys"),
    origins: origin,
    introspects,
    adminScopes: adminScope,
    requireDpop: dpop,
    fapi,
    accessTokenSeconds: flags.accessTokenSeconds,
  };
  return {
    ...file,
    ...Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ),
  };
}

const sayClient = (client: Client, secrets: readonly string[]): string =>
  members([
    ["client", client.clientId],
    ["name", client.name],
    ["state", client.disabledAt && `disabled since ${client.disabledAt}`],
    ["authentication", client.authentication],
    ["grants", client.grantTypes],
    ["redirect URIs", client.redirectUris],
    ["resources", client.resources],
    ["scopes", client.scopes.join(" ")],
    ["admin scopes", client.adminScopes.join(" ")],
    ["introspects", client.introspects],
    ["origins", client.origins],
    ["keys", client.keys.map(nameOfKey)],
    ["DPoP", client.requireDpop ? "demanded" : null],
    ["FAPI 2.0", client.fapi ? "yes" : null],
    ["secrets", secrets],
  ]);
