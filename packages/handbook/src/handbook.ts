/** All pages together, with the catalogue: what each code is, and that no link between pages is dead. */
import { KINDS, PageError, readPage, type Kind, type Page } from "./page.ts";
import { linksOf } from "./links.ts";

/** docs/contract/catalogue.json, as far as the pages need it. */
export interface Catalogue {
  readonly reasons: readonly (readonly string[])[];
  readonly causes: readonly (readonly string[])[];
}

export interface Handbook {
  /** In the catalogue's order, reasons first; then the guides. */
  readonly pages: readonly Page[];
  /** By its address. */
  page(address: string): Page | null;
  /** The address of a code's page, or of "guides/NAME". */
  addressOf(name: string): string;
  /** The step of a reason; the actor of a cause; "" for a guide. */
  belongsTo(page: Page): string;
}

/** The guides, in the order in which they are read. */
export const GUIDES: readonly string[] = [
  "what-a-token-is",
  "the-steps",
  "lifetimes",
  "refresh",
  "signing-in",
  "rotation",
  "revocation",
  "revocation-table",
  "sender-bound-tokens",
  "guard-an-api",
  "mcp",
  "what-to-log",
  "oauth-errors",
  "reading-aws-errors",
  "running-the-server",
  "forward-auth",
  "admin-api",
];

/**
 * Opens the handbook. `files` are the Markdown texts by their paths in docs: "causes/key.rotated.md". Throws PageError when a code has no
 * page, a page no code, or a link leads nowhere.
 */
export function openHandbook(
  files: ReadonlyMap<string, string>,
  { reasons, causes }: Catalogue,
): Handbook {
  const rows: readonly (readonly [Kind, string, string])[] = [
    ...reasons.map((row) => ["reasons", row[0] ?? "", row[1] ?? ""] as const),
    ...causes.map((row) => ["causes", row[0] ?? "", row[1] ?? ""] as const),
    ...GUIDES.map((name) => ["guides", name, ""] as const),
  ];
  const read = new Map(
    [...files].map(([path, text]) => {
      const page = readPage(path, text);
      return [page.address, page] as const;
    }),
  );
  const owners = new Map(
    rows.map(([kind, name, owner]) => [`${kind}/${name}`, owner]),
  );
  const addresses = new Map(
    rows.map(([kind, name]) => [
      kind === "guides" ? `guides/${name}` : name,
      `${kind}/${name}`,
    ]),
  );
  const handbook: Handbook = {
    pages: rows.map(([kind, name]) => {
      const page = read.get(`${kind}/${name}`);
      if (page) return page;
      throw new PageError(`docs/${kind}/${name}.md: expected, and not there`);
    }),
    page: (address) => read.get(address) ?? null,
    addressOf(name) {
      const address = addresses.get(name);
      if (address !== undefined) return address;
      throw new PageError(
        `expected a code of the catalogue or guides/NAME, found ${JSON.stringify(name)}`,
      );
    },
    belongsTo: ({ address }) => owners.get(address) ?? "",
  };
  for (const page of read.values()) check(page, handbook, owners);
  return handbook;
}

function check(
  page: Page,
  handbook: Handbook,
  known: ReadonlyMap<string, string>,
): void {
  if (!known.has(page.address))
    throw new PageError(
      `docs/${page.address}.md: expected a code of the catalogue or a guide of the list (${KINDS.join(", ")}), found another name`,
    );
  for (const name of page.see) handbook.addressOf(name);
  for (const address of linksOf(page))
    if (!known.has(address))
      throw new PageError(
        `docs/${page.address}.md: a link leads to ${address}, which is no page`,
      );
}
