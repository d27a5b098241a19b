/** Tries each row of the table in docs/guides/revocation-table.md, so that neither the page nor the server can drift from the other. */
import {
  checkStatusListToken,
  keySet,
  readStatus,
  type Jwk,
} from "@assay/token";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { statusListAddress } from "../../src/addresses.ts";
import { CHANGES, OFFICE, type Change } from "./changes.ts";
import {
  ISSUER,
  json,
  openRevocationBed,
  placeOf,
  type Place,
  type RevocationBed,
  type SignedIn,
} from "./revocation-bed.ts";

const PAGE = new URL(
  "../../../../docs/guides/revocation-table.md",
  import.meta.url,
);
const AROUND = [
  "token",
  "grant",
  "session",
  "person",
  "others",
  "client",
  "rest",
] as const;

/** After these the client gets no further token of that kind. */
const NOTHING_LATER: ReadonlySet<string> = new Set([
  "a client is disabled",
  "a resource is taken from a client",
]);

interface Row {
  readonly change: string;
  readonly ends: ReadonlySet<string>;
  readonly refresh: string;
}

/** The rows between the head of the table and the first line that is none. */
function rowsOf(page: string): readonly Row[] {
  const lines = page.split("\n");
  const head = lines.indexOf(
    "| change | ends | refresh | what stays, and why |",
  );
  const table = lines.slice(head + 2);
  return table.slice(0, table.indexOf("")).map((line) => {
    const [, change = "", ends = "", refresh = "", why = ""] = line
      .split("|")
      .map((cell) => cell.trim());
    assert.notEqual(why, "", `${change} says what stays`);
    return {
      change,
      ends: new Set(ends === "" ? [] : ends.split(", ")),
      refresh,
    };
  });
}

const rows = rowsOf(readFileSync(PAGE, "utf8"));

test("the table has a row for each change that is tried, and no row more", () => {
  assert.deepEqual(
    rows.map(({ change }) => change),
    Object.keys(CHANGES),
  );
});

for (const row of rows)
  test(`the table of the guide: ${row.change}`, async () => {
    const bed = await openRevocationBed();
    try {
      await tryRow(
        bed,
        row,
        CHANGES[row.change] ?? assert.fail("no such change"),
      );
    } finally {
      await bed.close();
    }
  });

async function tryRow(
  bed: RevocationBed,
  row: Row,
  change: Change,
): Promise<void> {
  await bed.put({ clientId: "shop" });
  const signedIn = await bed.signIn({
    subject: "anna",
    sessionId: "here",
    from: OFFICE,
  });
  const refreshed = await json(
    await bed.refresh("app", signedIn.refresh, {}, OFFICE),
  );
  const meant: SignedIn = {
    ...signedIn,
    refresh: String(refreshed["refresh_token"]),
  };
  const tokens: Readonly<Record<(typeof AROUND)[number], string>> = {
    token: meant.access,
    grant: String(refreshed["access_token"]),
    session: (
      await bed.signIn({ subject: "anna", clientId: "shop", sessionId: "here" })
    ).access,
    person: (
      await bed.signIn({
        subject: "anna",
        clientId: "shop",
        sessionId: "there",
      })
    ).access,
    others: (await bed.signIn({ subject: "bert" })).access,
    client: await bed.ownToken("app"),
    rest: (await bed.signIn({ subject: "bert", clientId: "shop" })).access,
  };
  const places = new Map<string, Place>();
  for (const name of AROUND) {
    places.set(name, placeOf(await bed.verified(tokens[name], "at+jwt")));
    assert.ok(await bed.isActive(tokens[name]), `${name} is good before`);
  }
  const reading = await bed.read();
  await reading.untilToldAll();
  bed.ahead += 1000;

  const last = (await change({ bed, meant })) ?? meant.refresh;

  // At once, before anything is sealed.
  const over = new Set<string>();
  for (const name of AROUND)
    if (!(await bed.isActive(tokens[name]))) over.add(name);
  assert.deepEqual(over, row.ends, "what introspection says is over");

  // A bit and an event for each that ended, and for no other.
  const told = (name: string): string => {
    const { list, index } = places.get(name) ?? assert.fail();
    return `${list} ${index}`;
  };
  for (const name of over) await reading.untilTold(told(name));
  for (const name of AROUND) {
    assert.equal(
      reading.places.has(told(name)),
      over.has(name),
      `the event of ${name}`,
    );
    assert.equal(
      await bit(bed, places.get(name) ?? assert.fail()),
      over.has(name) ? 1 : 0,
      `the bit of ${name}`,
    );
  }

  bed.ahead += 1000;
  assert.equal(await afterRefresh(bed, last), row.refresh, "refresh");
  if (NOTHING_LATER.has(row.change)) return;
  const later = await bed.signIn({ subject: "anna" });
  assert.equal(
    await bed.isActive(later.access),
    !row.ends.has("later"),
    "later",
  );
}

async function afterRefresh(
  bed: RevocationBed,
  refreshToken: string,
): Promise<string> {
  const response = await bed.refresh("app", refreshToken, {}, OFFICE);
  const body = await json(response);
  if (response.status !== 200) return "refused";
  return body["scope"] === "read write" || body["scope"] === undefined
    ? "works"
    : "narrowed";
}

async function bit(
  bed: RevocationBed,
  { list, index }: Place,
): Promise<unknown> {
  bed.issuer.context.statusLists.sealed();
  const uri = statusListAddress(ISSUER, list);
  const response = await bed.fetch(new URL(uri).pathname);
  const checked = await checkStatusListToken(await response.text(), {
    uri,
    keys: keySet((await json(await bed.fetch("/jwks"))) as { keys: Jwk[] }),
    now: bed.issuer.context.clock() / 1000,
  });
  assert.ok("list" in checked, JSON.stringify(checked));
  return readStatus(checked.list, index);
}
