/** assay exchange-rule: who may make which token out of which other one (RFC 7523, RFC 8693). */
import type { AdminInput } from "@assay/issuer";
import { AdminClient, type ListItem } from "../admin-client.ts";
import type { ExitStatus } from "../exit-status.ts";
import { grantTypeOf, shortGrantType } from "../grant-type-names.ts";
import { nameOfKey, publicKeysIn } from "../public-keys-file.ts";
import { members, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { writeAnswer, type AnswerFlags } from "../write-answer.ts";

type Rule = ListItem<"/exchange-rules">;
type NewRule = AdminInput<"post", "/exchange-rules">["body"];

export interface RuleFlags extends AnswerFlags {
  readonly client?: string;
  readonly grant?: string;
  readonly sourceIssuer?: string;
  readonly sourceAudience?: string;
  readonly sourceKeys?: string;
  readonly target?: string;
  readonly scope?: readonly string[];
}

export async function list(
  flags: AnswerFlags & { readonly client?: string },
  terminal: Terminal,
): Promise<ExitStatus> {
  const rules = await new AdminClient(flags).all("/exchange-rules", {
    clientId: flags.client,
  });
  return writeAnswer(rules, flags, terminal, () =>
    table(
      [
        { title: "rule", of: ({ ruleId }) => ruleId },
        { title: "client", of: ({ clientId }) => clientId },
        { title: "grant", of: ({ grantType }) => shortGrantType(grantType) },
        { title: "from", of: ({ sourceAudience }) => sourceAudience },
        { title: "target", of: ({ target }) => target },
        { title: "scopes", of: ({ scopes }) => scopes.join(" ") },
      ],
      rules,
      terminal,
    ),
  );
}

export async function create(
  flags: RuleFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const keys = flags.sourceKeys;
  const { body } = await new AdminClient(flags).call(
    "post",
    "/exchange-rules",
    {
      body: {
        clientId: given(flags.client, "--client", "the client that may"),
        grantType: grantTypeOf(
          given(flags.grant, "--grant", "token-exchange or jwt-bearer"),
        ),
        sourceIssuer: given(
          flags.sourceIssuer,
          "--source-issuer",
          "who issued the token that is presented",
        ),
        sourceAudience: given(
          flags.sourceAudience,
          "--source-audience",
          "the audience of the token that is presented",
        ),
        sourceKeys:
          keys === undefined
            ? null
            : { keys: await publicKeysIn(keys, "--source-keys") },
        target: given(
          flags.target,
          "--target",
          "the resource that the new token is for",
        ),
        scopes: flags.scope ?? [],
      } as NewRule,
    },
  );
  return writeAnswer(body, flags, terminal, () => say(body));
}

export async function remove(
  ruleId: string,
  flags: AnswerFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { body } = await new AdminClient(flags).call(
    "delete",
    "/exchange-rules/{ruleId}",
    { params: { ruleId } },
  );
  return writeAnswer(
    body,
    flags,
    terminal,
    () =>
      "Deleted. Tokens that were made by it stay until they end; assay token revoke ends them.\n",
  );
}

function given(
  value: string | undefined,
  flag: string,
  expected: string,
): string {
  if (value !== undefined) return value;
  throw new UsageError(
    `${flag}: expected ${expected}, found nothing`,
    "assay exchange-rule create --client gateway --grant token-exchange --source-issuer https://issuer.example --source-audience https://front.example --target https://orders.example --scope orders:read",
  );
}

const say = (rule: Rule): string =>
  members([
    ["rule", rule.ruleId],
    ["client", rule.clientId],
    ["grant", shortGrantType(rule.grantType)],
    ["source issuer", rule.sourceIssuer],
    ["source audience", rule.sourceAudience],
    ["source keys", rule.sourceKeys?.keys.map(nameOfKey) ?? null],
    ["target", rule.target],
    ["scopes", rule.scopes.join(" ")],
  ]);
