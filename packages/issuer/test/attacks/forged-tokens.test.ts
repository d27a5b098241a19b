/** Attack rows 1 to 11 and 20 to 25: tokens that are forged, or bent in their form, at every door that takes a JWT. */
import { after, before, describe, it } from "node:test";
import { decodeUnverified, exportKey } from "@assay/token";
import { ISSUER } from "./attack-bed.ts";
import { openDoors, type Doors } from "./doors.ts";
import { b64, hmac, resigned, signedBytes, unsigned } from "./forged-jwt.ts";

let doors: Doors;
before(async () => {
  doors = await openDoors();
});
after(() => doors.bed.close());

/** The rows of the table that a JWT alone can carry out. */
const ATTACKS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  "row 1: alg none and its spellings": async () => {
    const third = doors.good.access_token.split(".")[2] ?? "";
    return doors
      .bases()
      .flatMap((made) =>
        [
          "none",
          "None",
          "NONE",
          "nOnE",
          "none ",
          "",
          null,
          [],
          {},
          undefined,
        ].flatMap((alg) => [unsigned(made, alg), unsigned(made, alg, third)]),
      );
  },
  "row 2: signature removed": async () => {
    const [header, claims] = doors.good.access_token.split(".");
    return [`${header}.${claims}`, `${header}.${claims}.`];
  },
  "row 3: a byte changed": async () => {
    const parts = doors.good.access_token.split(".");
    return parts.flatMap((part, i) =>
      [0, Math.floor(part.length / 2), part.length - 2].map((at) =>
        parts
          .map((text, j) =>
            i === j
              ? text.slice(0, at) +
                (text[at] === "A" ? "B" : "A") +
                text.slice(at + 1)
              : text,
          )
          .join("."),
      ),
    );
  },
  "row 4: the public key as an HMAC secret": async () => {
    const published = (await (await doors.bed.get("/jwks")).json()) as {
      readonly keys: readonly object[];
    };
    const secrets = [
      ...published.keys,
      exportKey(doors.foreign, { secret: false }),
      exportKey(doors.bed.key, { secret: false }),
    ].flatMap((jwk) => [
      JSON.stringify(jwk),
      Buffer.from((jwk as { readonly x?: string }).x ?? "", "base64url"),
    ]);
    return doors
      .bases()
      .flatMap((made) =>
        secrets.map((secret) => hmac(made, { alg: "HS256" }, secret)),
      );
  },
  "row 5: an alg that is not the key's": async () =>
    ["ES384", "RS256", "PS256", "EdDSA", "HS256"].map((alg) => {
      const [, claims, third] = doors.good.access_token.split(".");
      const { header } = decodeUnverified(doors.good.access_token);
      return `${b64({ ...header, alg })}.${claims}.${third}`;
    }),
  "an alg that nobody knows": async () =>
    doors
      .bases()
      .flatMap((made) =>
        ["ES256X", "RSA1_5", "constructor", "__proto__", "A".repeat(1000)].map(
          (alg) => unsigned(made, alg, "AAAA"),
        ),
      ),
  "rows 6 to 8: the attacker's key in jwk, x5c, jku and x5u": async () =>
    Promise.all(
      doors
        .bases()
        .flatMap((made) =>
          [
            { jwk: exportKey(doors.stranger, { secret: false }) },
            { x5c: ["MIIB"] },
            { jku: "http://127.0.0.1:9/keys" },
            { x5u: "http://169.254.169.254/latest" },
          ].map((header) => resigned(made, { header, key: doors.stranger })),
        ),
    ),
  "rows 9 and 10: kid as a path, SQL, a command, no string, a prototype's name":
    async () =>
      doors
        .bases()
        .flatMap((made) =>
          [
            "../../dev/null",
            "/dev/null",
            "",
            "x' UNION SELECT 'k'--",
            "|sleep 9",
            "\u0000",
            7,
            null,
            {},
            "__proto__",
            "constructor",
          ].flatMap((kid) =>
            ["", "k"].map((secret) =>
              hmac(made, { alg: "HS256", kid }, secret || "\0"),
            ),
          ),
        ),
  "row 11: no kid, and the kid of another issuer": async () => {
    const [ours, theirs] = doors.bases();
    const kid = ours.header["kid"];
    return Promise.all([
      resigned(ours, { header: { kid: undefined } }),
      resigned(theirs, { header: { kid }, key: doors.stranger }),
      resigned(theirs, { claims: { iss: ISSUER } }),
      resigned(theirs, {
        claims: { iss: ISSUER },
        header: { kid, typ: "at+jwt" },
      }),
    ]);
  },
  "row 20: a header twice": async () =>
    doors
      .bases()
      .map((made) =>
        signedBytes(
          `{"alg":"none","alg":"ES256","typ":"JWT"}`,
          JSON.stringify(made.claims),
          made.key,
        ),
      ),
  "row 21: a claim twice": async () =>
    doors
      .bases()
      .map((made) =>
        signedBytes(
          JSON.stringify(made.header),
          JSON.stringify(made.claims).replace("{", '{"sub":"admin",'),
          made.key,
        ),
      ),
  "rows 22 and 23: crit, and an unencoded payload": async () =>
    doors
      .bases()
      .flatMap((made) =>
        [
          { crit: [] },
          { crit: ["nope"], nope: 1 },
          { crit: "b64" },
          { crit: ["b64"], b64: false },
        ].map((header) =>
          signedBytes(
            JSON.stringify({ ...made.header, ...header }),
            JSON.stringify(made.claims),
            made.key,
          ),
        ),
      ),
  "row 24: base64url that is not canonical": async () => {
    const [header, claims, third = ""] = doors.good.access_token.split(".");
    return [
      `${doors.good.access_token}=`,
      `${doors.good.access_token}\n`,
      ` ${doors.good.access_token}`,
      `${doors.good.access_token}?`,
      `${header}.${claims}=.${third}`,
      `${header}.${claims}.${third.slice(0, 9)}+${third.slice(10)}`,
      `${header}.${claims}.${third.slice(0, 9)} ${third.slice(9)}`,
    ];
  },
  "row 25: no compact JWS": async () => [
    "x",
    ".",
    "..",
    "....",
    ".".repeat(1000),
    "null",
    "undefined",
    `{"payload":"e30","signatures":[]}`,
    `${doors.good.access_token}.${doors.good.access_token}`,
    "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA",
  ],
};

describe("a forged JWT gets nothing", () => {
  for (const [name, make] of Object.entries(ATTACKS))
    it(`for ${name}`, async () => doors.assertClosed(await make()));
});
