/** Names that issuers give to one and the same thing. */
const ALIASES: readonly (readonly string[])[] = [
  ["email", "mail", "upn", "unique_name", "preferred_username", "emailaddress"],
  [
    "sub",
    "subject",
    "uid",
    "user_id",
    "userid",
    "oid",
    "nameid",
    "nameidentifier",
  ],
  [
    "tenant",
    "tid",
    "tenant_id",
    "tenantid",
    "org",
    "org_id",
    "organization",
    "organization_id",
    "hd",
  ],
  ["groups", "group", "cognito:groups", "memberof"],
  ["roles", "role", "cognito:roles", "wids"],
  ["azp", "client_id", "appid", "cid", "clientid"],
  ["name", "display_name", "displayname", "full_name"],
  [
    "username",
    "preferred_username",
    "cognito:username",
    "login",
    "unique_name",
  ],
  ["sid", "session_state", "session_id"],
];

/** How deep and how far a stranger's claims are searched. */
const MAX_DEPTH = 4;
const MAX_MEMBERS = 1000;
const MAX_NAME = 200;

/** The claim that holds the very value that another is asked for; null: none does, or the value is too plain to tell anything. */
export function valueElsewhere(
  claims: Readonly<Record<string, unknown>>,
  wanted: string,
  value: unknown,
): string | null {
  if (typeof value !== "string" || value.length < 3) return null;
  return (
    Object.keys(claims).find(
      (name) =>
        name !== wanted &&
        !["iss", "aud", "sub", "jti"].includes(name) &&
        [claims[name]].flat().includes(value),
    ) ?? null
  );
}

/**
 * Where a claim that is asked for stands under another name: the same word in another spelling, behind a namespace, or inside another
 * claim ("same"); or one of the names that other issuers give it ("alias"). The shown name is a path.
 */
export function claimElsewhere(
  claims: Readonly<Record<string, unknown>>,
  wanted: string,
): { readonly name: string; readonly how: "same" | "alias" } | null {
  const names = pathsOf(claims);
  const same = names.find(
    (path) => path !== wanted && spelling(path) === spelling(wanted),
  );
  const inside =
    same ??
    names.find(
      (path) =>
        path !== wanted &&
        spelling(lastPart(path)) === spelling(lastPart(wanted)),
    );
  if (inside !== undefined) return { name: inside, how: "same" };
  const aliases = ALIASES.filter((group) =>
    group.includes(wanted.toLowerCase()),
  ).flat();
  const alias = Object.keys(claims).find(
    (name) =>
      name !== wanted &&
      (aliases.includes(name.toLowerCase()) ||
        aliases.includes(lastPart(name).toLowerCase())),
  );
  return alias === undefined ? null : { name: alias, how: "alias" };
}

/** tenantId, tenant_id and TENANT-ID are one word; email and emails as well. */
const spelling = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[_\s-]/g, "")
    .replace(/(?<=[a-z]{3})s$/, "");

/** What stands behind a namespace (https://acme.example/email), a prefix (custom:tenant) or a path (app_metadata.tenant). */
const lastPart = (path: string): string =>
  path
    .replace(/\/+$/, "")
    .replace(/^.*[/:#.]/s, "")
    .replace(/^extension_[0-9a-f]{32}_/, "");

/** The names of all members, those inside of others with dots between. */
function pathsOf(claims: Readonly<Record<string, unknown>>): readonly string[] {
  const paths: string[] = [];
  const visit = (value: object, before: string, depth: number): void => {
    for (const [name, inner] of Object.entries(value)) {
      if (paths.length >= MAX_MEMBERS) return;
      if (name.length > MAX_NAME) continue;
      const path = before === "" ? name : `${before}.${name}`;
      paths.push(path);
      if (
        depth < MAX_DEPTH &&
        typeof inner === "object" &&
        inner !== null &&
        !Array.isArray(inner)
      )
        visit(inner, path, depth + 1);
    }
  };
  visit(claims, "", 1);
  // The nearest first: what stands at the top before what stands inside.
  return paths.toSorted((a, b) => a.split(".").length - b.split(".").length);
}
