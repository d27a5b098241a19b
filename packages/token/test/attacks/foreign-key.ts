/** Rows 6 to 11: whose key. */
import assert from "node:assert/strict";
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { keySet } from "@assay/token";
import { json, loopbackIssuer } from "../loopback-issuer.ts";
import { selfSigned } from "./certificate.ts";
import {
  accepted,
  compact,
  ec,
  es,
  good,
  hs256,
  ISSUER,
  jwkOf,
  octOf,
  refused,
  secret,
  withKeys,
  type Row,
} from "./forge.ts";

const mine = es(ec.privateKey);
const attacker = generateKeyPairSync("ec", { namedCurve: "P-256" });
const token = compact({ alg: "ES256", kid: "k" }, good(), mine);

export const rows: readonly Row[] = [
  {
    row: 6,
    name: "attacker key in the jwk header",
    async run() {
      const jwk = jwkOf(attacker.publicKey, { kid: "k" });
      await refused(
        "signature.mismatch",
        compact({ alg: "ES256", jwk }, good(), es(attacker.privateKey)),
      );
      await refused(
        "signature.mismatch",
        compact(
          { alg: "ES256", kid: "k", jwk },
          good(),
          es(attacker.privateKey),
        ),
      );
      await refused(
        "signature.key_not_found",
        compact(
          { alg: "ES256", kid: "mine", jwk },
          good(),
          es(attacker.privateKey),
        ),
      );
    },
  },
  {
    row: 7,
    name: "attacker chain in the x5c header",
    async run() {
      const certificate = selfSigned(
        attacker.privateKey,
        attacker.publicKey,
        "issuer.example",
      );
      assert.ok(new X509Certificate(certificate).verify(attacker.publicKey));
      const x5c = [certificate.toString("base64")];
      await refused(
        "signature.mismatch",
        compact({ alg: "ES256", x5c }, good(), es(attacker.privateKey)),
      );
      await refused(
        "signature.mismatch",
        compact(
          { alg: "ES256", kid: "k", x5c, "x5t#S256": "AAAA", x5t: "AAAA" },
          good(),
          es(attacker.privateKey),
        ),
      );
    },
  },
  {
    row: 8,
    name: "key URL in the header",
    async run() {
      await using listener = await loopbackIssuer(
        json({ keys: [jwkOf(attacker.publicKey, { kid: "k" })] }),
      );
      const { host } = new URL(listener.origin);
      const urls = [
        `${listener.origin}/jwks`,
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        `${ISSUER}@${host}/`,
        `${listener.origin}#${ISSUER}`,
        `${ISSUER}/redirect?to=${listener.origin}`,
      ];
      for (const url of urls) {
        for (const name of ["jku", "x5u"]) {
          await refused(
            "signature.mismatch",
            compact(
              { alg: "ES256", kid: "k", [name]: url },
              good(),
              es(attacker.privateKey),
            ),
          );
          await refused(
            "signature.key_not_found",
            compact(
              { alg: "ES256", kid: "new", [name]: url },
              good(),
              es(attacker.privateKey),
            ),
          );
        }
      }
      assert.deepEqual(listener.asked, []);
    },
  },
  {
    row: 9,
    name: "kid as path, SQL or command",
    async run() {
      const changes = {
        keys: keySet({ keys: [octOf(secret, { kid: "k" })] }),
        algorithms: ["HS256"],
      };
      for (const kid of [
        "../../dev/null",
        "/dev/null",
        "",
        "x' UNION SELECT 'k'--",
        "k | sleep 10",
        "k\u0000",
      ]) {
        for (const guess of ["", "k", "\u0000"])
          await refused(
            "signature.key_not_found",
            compact({ alg: "HS256", kid }, good(), hs256(guess)),
            changes,
            { kid },
          );
      }
    },
  },
  {
    row: 10,
    name: "kid not a string or a prototype name",
    async run() {
      for (const kid of [7, null, {}, [], true])
        await refused(
          "format.header",
          compact({ alg: "ES256", kid }, good(), mine),
          {},
          { problem: "member_type", member: "kid" },
        );
      for (const kid of [
        "__proto__",
        "constructor",
        "toString",
        "hasOwnProperty",
      ])
        await refused(
          "signature.key_not_found",
          compact({ alg: "ES256", kid }, good(), mine),
          {},
          { kid },
        );
      await refused(
        "signature.key_not_found",
        compact('{"alg":"ES256","kid":"__proto__"}', good(), mine),
      );
    },
  },
  {
    row: 11,
    name: "no kid with several keys; same kid twice; kid of another issuer",
    async run() {
      const two = withKeys(
        jwkOf(ec.publicKey, { kid: "a" }),
        jwkOf(attacker.publicKey, { kid: "b" }),
      );
      await refused(
        "signature.key_ambiguous",
        compact({ alg: "ES256" }, good(), mine),
        two,
        { candidates: 2 },
      );
      const same = withKeys(
        jwkOf(ec.publicKey, { kid: "k" }),
        jwkOf(attacker.publicKey, { kid: "k" }),
      );
      await refused("signature.key_ambiguous", token, same, { candidates: 2 });
      const other = "https://other.example";
      const issuers = new Map([
        [ISSUER, keySet({ keys: [jwkOf(ec.publicKey, { kid: "k" })] })],
        [other, keySet({ keys: [jwkOf(attacker.publicKey, { kid: "k" })] })],
      ]);
      const changes = { issuer: [ISSUER, other], keys: issuers };
      await accepted(token, changes);
      await accepted(
        compact(
          { alg: "ES256", kid: "k" },
          { ...good(), iss: other },
          es(attacker.privateKey),
        ),
        changes,
      );
      await refused(
        "signature.mismatch",
        compact({ alg: "ES256", kid: "k" }, good(), es(attacker.privateKey)),
        changes,
      );
      const third = compact(
        { alg: "ES256", kid: "k" },
        { ...good(), iss: "https://third.example" },
        es(attacker.privateKey),
      );
      await refused("issuer.mismatch", third, changes);
      await refused(
        "signature.key_not_found",
        third,
        { ...changes, issuer: null },
        { keys: 0 },
      );
      await refused(
        "signature.key_not_found",
        third,
        { ...changes, issuer: [ISSUER, "https://third.example"] },
        { keys: 0 },
      );
      for (const iss of [undefined, "__proto__", "constructor"]) {
        await refused(
          "signature.key_not_found",
          compact(
            { alg: "ES256", kid: "k" },
            { ...good(), iss },
            es(attacker.privateKey),
          ),
          { ...changes, issuer: null },
          { keys: 0 },
        );
      }
    },
  },
];
