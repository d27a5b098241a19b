/** Attack rows 39 to 44: what is signed as it should be, and says what no good token says, at every door that takes a JWT. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { API, ISSUER } from "./attack-bed.ts";
import {
  EXCHANGE,
  FOREIGN,
  JWT_BEARER,
  openDoors,
  TYPE,
  type Doors,
} from "./doors.ts";
import { resigned, signedBytes } from "./forged-jwt.ts";

let doors: Doors;
before(async () => {
  doors = await openDoors();
});
after(() => doors.bed.close());

const seconds = (): number => Math.floor(doors.bed.now / 1000);

/** The rows of the table that a signed JWT can carry out. */
const ATTACKS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  "row 39: exp": async () =>
    Promise.all(
      doors
        .bases()
        .slice(1)
        .flatMap((made) =>
          [undefined, "4102444800", true, null, {}, [], -1, 0, seconds()].map(
            (exp) => resigned(made, { claims: { exp } }),
          ),
        ),
    ),
  "row 39: exp beyond all numbers": async () =>
    doors
      .bases()
      .slice(1)
      .map((made) =>
        signedBytes(
          JSON.stringify(made.header),
          JSON.stringify(made.claims).replace(/"exp":\d+/, '"exp":1e400'),
          made.key,
        ),
      ),
  "row 40: nbf and iat": async () =>
    Promise.all(
      doors
        .bases()
        .slice(1)
        .flatMap((made) =>
          [
            { nbf: seconds() + 3600 },
            { nbf: "0" },
            { iat: seconds() + 3600 },
            { iat: "0" },
          ].map((claims) => resigned(made, { claims })),
        ),
    ),
  "row 41: audience": async () =>
    Promise.all(
      doors
        .bases()
        .slice(1)
        .flatMap((made) =>
          [
            undefined,
            [],
            ISSUER.toUpperCase(),
            `${ISSUER} `,
            `${ISSUER}/`,
            ISSUER.slice(0, -1),
            [`${API}2`],
            [ISSUER, 1],
            1,
            { [ISSUER]: true },
          ].map((aud) => resigned(made, { claims: { aud } })),
        ),
    ),
  "row 42: issuer": async () =>
    Promise.all(
      doors
        .bases()
        .slice(1)
        .flatMap((made) =>
          [
            undefined,
            [FOREIGN],
            FOREIGN.toUpperCase(),
            `${FOREIGN}/`,
            "https://other.example",
            "{tenantid}",
            "",
          ].map((iss) => resigned(made, { claims: { iss } })),
        ),
    ),
  "row 43: subject": async () =>
    Promise.all(
      doors
        .bases()
        .slice(1)
        .flatMap((made) =>
          [undefined, 7, "", null, ["eve"], "e\0ve", "e".repeat(256)].map(
            (sub) => resigned(made, { claims: { sub } }),
          ),
        ),
    ),
  "row 44: a token of another kind, of ours and of others": async () => {
    const { id_token: id = "" } = doors.good;
    const signed = await doors.bed.post(
      "/introspect",
      { token: doors.good.access_token },
      {
        headers: {
          ...doors.bed.basic("api"),
          accept: "application/token-introspection+jwt",
        },
      },
    );
    const lists = (await (await doors.bed.get("/status-lists")).json()) as {
      readonly status_lists: readonly string[];
    };
    const list = await doors.bed.get(
      new URL(lists.status_lists[0] ?? "").pathname,
    );
    const others = await Promise.all(
      doors
        .bases()
        .slice(1)
        .flatMap((made) =>
          [
            "logout+jwt",
            "dpop+jwt",
            "oauth-authz-req+jwt",
            "statuslist+jwt",
            "secevent+jwt",
          ].map((typ) => resigned(made, { header: { typ } })),
        ),
    );
    return [id, await signed.text(), await list.text(), ...others];
  },
};

describe("a JWT with wrong claims gets nothing", () => {
  for (const [name, make] of Object.entries(ATTACKS))
    it(`for ${name}`, async () => doors.assertClosed(await make()));

  it("and milliseconds as exp make no token of ours live longer", async () => {
    const [, theirs] = doors.bases();
    for (const exp of [doors.bed.now, 1e308]) {
      const answer = await doors.exchange({
        grant_type: EXCHANGE,
        subject_token: await resigned(theirs, { claims: { exp } }),
        subject_token_type: `${TYPE}jwt`,
      });
      const body = (await answer.json()) as { readonly expires_in: number };
      assert.equal(body.expires_in, 300);
    }
  });

  it("and the same doors are open to a good one", async () => {
    assert.equal(await doors.isActive(doors.good.access_token), true);
    const [, theirs] = doors.bases();
    const others = [await resigned(theirs, {}), await resigned(theirs, {})];
    for (const form of [
      { grant_type: JWT_BEARER, assertion: others[0] ?? "" },
      {
        grant_type: EXCHANGE,
        subject_token: others[1] ?? "",
        subject_token_type: `${TYPE}jwt`,
      },
      {
        grant_type: EXCHANGE,
        subject_token: doors.good.access_token,
        subject_token_type: `${TYPE}access_token`,
      },
    ]) {
      const answer = await doors.exchange(form);
      assert.equal(answer.status, 200, await answer.text());
    }
  });
});
