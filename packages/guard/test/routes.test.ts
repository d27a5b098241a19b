/** Which scopes a path needs: no spelling of it may slip past its row, and no path that can be read in two ways comes to the table. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createGuard, type Demands } from "@assay/guard";
import { createTestIssuer } from "@assay/guard/testing";
import { FetchArrival } from "../src/arrival.ts";
import { isAmbiguous } from "../src/path.ts";
import { bearer, openDoor } from "./door.ts";

const routes = [
  { path: "/admin/*", scopes: ["admin"] },
  { path: "/orders/:id", method: "GET", scopes: ["orders:read"] },
  { path: "/orders/:id", scopes: ["orders:write"] },
];

test("the first row that fits decides, and a path without a row needs what the guard always needs", async () => {
  await using door = await openDoor({ routes, scopes: ["basic"] });
  const needed = async (
    path: string,
    method = "GET",
  ): Promise<string | undefined> => {
    const answer = await door.get(
      bearer(await door.issuer.mint({ claims: { scope: "none" } })),
      path,
      method,
    );
    return /scope="([^"]*)"/.exec(
      String(answer.headers["www-authenticate"]),
    )?.[1];
  };
  assert.equal(await needed("/orders/7"), "orders:read");
  assert.equal(await needed("/orders/7", "HEAD"), "orders:read");
  assert.equal(await needed("/orders/7", "DELETE"), "orders:write");
  assert.equal(await needed("/orders/7/items"), "basic");
  assert.equal(await needed("/orders"), "basic");
  for (const path of [
    "/admin",
    "/admin/",
    "/admin/a%20b",
    "/admin?x=/orders/7",
  ])
    assert.equal(await needed(path), "admin", path);
  for (const path of [
    "/ADMIN/x",
    "/%61dmin/x",
    "/%41DMIN",
    "/admin;a=b",
    "/admin;a/x",
  ])
    assert.deepEqual(
      (await needed(path))?.split(" ").toSorted(),
      ["admin", "basic"],
      path,
    );
});

test("a pattern that is none is refused when the guard is made", () => {
  for (const path of ["admin", "", "/a/*/b", "/a*", "*"])
    assert.throws(
      () =>
        createGuard({
          issuers: "https://issuer.test",
          audience: null,
          routes: [{ path }],
        }),
      TypeError,
      path,
    );
});

test("where a path can be read as two routes, it needs what both need", async () => {
  await using door = await openDoor({
    routes: [
      { path: "/public/*", scopes: [] },
      {
        path: "/a",
        scopes: ["a"],
        maxAuthenticationAge: 60,
        acrValues: ["1", "2"],
      },
      {
        path: "/*",
        scopes: ["all"],
        maxAuthenticationAge: 30,
        acrValues: ["2", "3"],
      },
    ],
  });
  const needed = async (
    path: string,
  ): Promise<readonly (string | undefined)[]> => {
    const token = await door.issuer.mint({ claims: { scope: "none" } });
    const answer = await door.get(bearer(token), path);
    return (
      String(answer.headers["www-authenticate"]).match(/(?<=scope=")[^"]*/g) ??
      []
    );
  };
  assert.deepEqual(await needed("/public/x"), []);
  for (const path of ["/PUBLIC/x", "/%70ublic/x", "/public;v=1/x"])
    assert.deepEqual(await needed(path), ["all"], path);
  for (const path of ["/A", "/a/", "/%61", "/a;b=c"])
    assert.deepEqual(
      (await needed(path))[0]?.split(" ").toSorted(),
      ["a", "all"],
      path,
    );
  assert.deepEqual(await needed("/a"), ["a"]);
});

const AMBIGUOUS = [
  "",
  "a",
  "*",
  "//",
  "/a//b",
  "/.",
  "/..",
  "/a/./b",
  "/a/../b",
  "/a/%2e/b",
  "/a/.%2E/b",
  "/a/%2E%2e",
  "/a%2fb",
  "/a%2Fb",
  "/a%5cb",
  "/a\\b",
  "/a%00",
  "/a%",
  "/a%2",
  "/a%zz",
  "/a#b",
  "/a b",
  "/\u00e9",
  "/a\n",
  "http://host/a",
];

for (const path of AMBIGUOUS)
  test(`refuses the path ${JSON.stringify(path)}`, () =>
    assert.ok(isAmbiguous(path)));

test("takes a path that can be read in one way", () => {
  for (const path of [
    "/",
    "/a",
    "/a/",
    "/a.b/..c/d..",
    "/a%20b/%C3%A9",
    "/.well-known/x",
    "/a;v=1/b,c@d:e!$&'()*+=",
  ])
    assert.ok(!isAmbiguous(path), path);
});

test("a route that names no demand of its own has those of the guard", async () => {
  const issuer = await createTestIssuer();
  const guard = createGuard({ ...issuer.options, scopes: ["basic"] });
  const request = new Request("https://api.test/orders", {
    headers: { authorization: `Bearer ${await issuer.mint()}` },
  });
  for (const demands of [undefined, {}, { scopes: undefined }] as Demands[]) {
    const judged = await guard.judge(new FetchArrival(request), demands);
    assert.equal("answer" in judged && judged.answer.status, 403);
  }
});

test("whatever is taken means the same to the URL parser", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(
          "/",
          ".",
          "%2e",
          "%2E",
          "%2f",
          "\\",
          "a",
          "%41",
          "#",
          " ",
          "%",
        ),
      }),
      (text) => {
        const path = `/${text}`;
        fc.pre(!isAmbiguous(path));
        assert.equal(new URL(`http://host${path}`).pathname, path);
      },
    ),
  );
});
