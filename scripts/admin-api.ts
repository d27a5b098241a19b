/** `npm run admin-api`: writes the tables of docs/guides/admin-api.md from the admin API's OpenAPI document. */
import { readFileSync, writeFileSync } from "node:fs";
import { adminApi } from "../packages/issuer/src/admin/api.ts";
import { repositoryPath } from "./repository.mjs";

export const ADMIN_PAGE = "docs/guides/admin-api.md";

interface Operation {
  readonly summary: string;
  readonly security: readonly [{ readonly admin: readonly [string] }];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly content: Readonly<
          Record<string, { readonly example: { readonly code?: string } }>
        >;
      }
    >
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: {
      readonly admin: {
        readonly flows: {
          readonly clientCredentials: {
            readonly scopes: Readonly<Record<string, string>>;
          };
        };
      };
    };
  };
}

/** The page with its three tables as the document says; the words around them stay. */
export async function adminPage(page: string): Promise<string> {
  const { paths, components } = await adminDocument();
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, call]) => [`${method.toUpperCase()} ${path}`, call] as const,
    ),
  );
  const { scopes } = components.securitySchemes.admin.flows.clientCredentials;
  return [
    {
      heading: "## The scopes",
      columns: ["scope", "what it opens"],
      rows: Object.entries(scopes).map(([scope, about]) => [
        `\`${scope}\``,
        about,
      ]),
    },
    {
      heading: "## The calls",
      columns: ["call", "scope", "what it does"],
      rows: calls.map(([call, { security, responses, summary }]) => [
        `\`${call}\``,
        `\`${security[0].admin[0]}\``,
        `${summary}${"428" in responses ? " Needs `If-Match`." : ""}`,
      ]),
    },
    {
      heading: "## When it refuses",
      columns: ["status", "`code`", "what it means"],
      rows: refusals(calls.map(([, call]) => call)),
    },
  ].reduce(withTable, page);
}

async function adminDocument(): Promise<Document> {
  const issuer = "https://issuer.example";
  const answer = await adminApi().fetch(
    new Request(`${issuer}/admin/openapi.json`),
    { context: { issuer } },
  );
  return (await answer.json()) as Document;
}

function refusals(calls: readonly Operation[]): readonly (readonly string[])[] {
  const told = new Map<string, readonly string[]>();
  for (const { responses } of calls)
    for (const [status, { description, content }] of Object.entries(responses))
      for (const [type, { example }] of Object.entries(content))
        if (type === "application/problem+json")
          told.set(status, [status, `\`${example.code ?? ""}\``, description]);
  return [...told.values()].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}

/** Puts the table in the place of the first one under the heading. */
function withTable(
  page: string,
  {
    heading,
    columns,
    rows,
  }: {
    readonly heading: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  },
): string {
  const lines = page.split("\n");
  const at = lines.indexOf(heading);
  const from = lines.findIndex((line, i) => i > at && line.startsWith("|"));
  if (at < 0 || from < 0)
    throw new Error(`${ADMIN_PAGE}: expected a table under “${heading}”`);
  const until = lines.findIndex((line, i) => i > from && !line.startsWith("|"));
  const table = [columns, columns.map(() => "---"), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  return [...lines.slice(0, from), ...table, ...lines.slice(until)].join("\n");
}

if (import.meta.main) {
  const path = repositoryPath(ADMIN_PAGE);
  writeFileSync(path, await adminPage(readFileSync(path, "utf8")));
}
