/** Rows 1 to 5: which algorithm. */
import assert from "node:assert/strict";
import { createVerifier } from "@assay/token";
import { selfSigned } from "./certificate.ts";
import {
  accepted,
  base64url,
  compact,
  ec,
  ec384,
  ed,
  eddsa,
  es,
  good,
  hs256,
  jwkOf,
  octOf,
  policy,
  ps,
  refused,
  rs,
  rsa,
  secret,
  withKeys,
  type Row,
} from "./forge.ts";

const mine = es(ec.privateKey);
const token = compact({ alg: "ES256", kid: "k" }, good(), mine);

export const rows: readonly Row[] = [
  {
    row: 1,
    name: "alg none and its spellings",
    async run() {
      for (const changes of [
        {},
        { algorithms: ["ES256", "HS256"] },
        withKeys(octOf(secret, { kid: "k" })),
      ]) {
        for (const keep of ["", token.split(".")[2]]) {
          for (const alg of ["none", "None", "NONE", "nOnE", "none ", ""]) {
            await refused(
              "signature.algorithm_none",
              `${base64url(JSON.stringify({ alg, kid: "k" }))}.${base64url(JSON.stringify(good()))}.${keep}`,
              changes,
              { alg },
            );
          }
          for (const alg of [null, [], {}, ["none"], 0, undefined]) {
            await refused(
              "format.header",
              `${base64url(JSON.stringify({ alg, kid: "k" }))}.${base64url(JSON.stringify(good()))}.${keep}`,
              changes,
              { member: "alg" },
            );
          }
        }
      }
      assert.throws(
        () => createVerifier(policy({ algorithms: [" None"] })),
        /unsigned token is never accepted/,
      );
    },
  },
  {
    row: 2,
    name: "signature removed",
    async run() {
      for (const [whole, changes] of [
        [token, {}],
        [
          compact({ alg: "HS256", kid: "k" }, good(), hs256(secret)),
          { ...withKeys(octOf(secret, { kid: "k" })), algorithms: ["HS256"] },
        ],
      ] as const) {
        await accepted(whole, changes);
        await refused(
          "signature.missing",
          whole.slice(0, whole.lastIndexOf(".") + 1),
          changes,
        );
        await refused(
          "format.segments",
          whole.slice(0, whole.lastIndexOf(".")),
          changes,
          { found: 2 },
        );
      }
    },
  },
  {
    row: 3,
    name: "payload changed, old signature",
    async run() {
      const [header = "", payload = "", signature = ""] = token.split(".");
      const changed = base64url(
        JSON.stringify({
          ...good(),
          sub: "admin",
          exp: 4e9,
          iss: "https://attacker.example",
        }),
      );
      await refused("signature.mismatch", `${header}.${changed}.${signature}`);
      await refused(
        "signature.mismatch",
        `${base64url(JSON.stringify({ alg: "ES256", kid: "k", x: 1 }))}.${payload}.${signature}`,
      );
      const bytes = Buffer.from(signature, "base64url");
      for (let i = 0; i < bytes.length; i++) {
        const flipped = Buffer.from(bytes);
        flipped[i] = (flipped[i] ?? 0) ^ (1 << (i % 8));
        await refused(
          "signature.mismatch",
          `${header}.${payload}.${base64url(flipped)}`,
        );
      }
    },
  },
  {
    row: 4,
    name: "RSA/EC public key used as HMAC secret",
    async run() {
      for (const publicKey of [rsa.publicKey, ec.publicKey]) {
        const pem = publicKey.export({ type: "spki", format: "pem" });
        const jwk = jwkOf(publicKey, { kid: "k" });
        const secrets = [
          pem,
          pem.trimEnd(),
          publicKey.export({ type: "spki", format: "der" }),
          JSON.stringify(jwk),
          Buffer.from(String(jwk["n"] ?? jwk["x"]), "base64url"),
          selfSigned(ec.privateKey, ec.publicKey, "issuer").toString("base64"),
        ];
        for (const known of secrets) {
          const forged = compact(
            { alg: "HS256", kid: "k" },
            good(),
            hs256(known),
          );
          await refused(
            "signature.algorithm_not_allowed",
            forged,
            withKeys(jwk),
            { alg: "HS256" },
          );
          await refused(
            "signature.key_unsuitable",
            forged,
            { ...withKeys(jwk), algorithms: ["HS256", "RS256", "ES256"] },
            { problem: "type" },
          );
        }
      }
    },
  },
  {
    row: 5,
    name: "token alg is not the key's alg",
    async run() {
      const ps512 = withKeys(jwkOf(rsa.publicKey, { kid: "k", alg: "PS512" }));
      await accepted(
        compact(
          { alg: "PS512", kid: "k" },
          good(),
          ps(rsa.privateKey, 64, "sha512"),
        ),
        ps512,
      );
      await refused(
        "signature.key_not_found",
        compact({ alg: "RS256", kid: "k" }, good(), rs(rsa.privateKey)),
        ps512,
      );
      await refused(
        "signature.key_not_found",
        compact(
          { alg: "RS384", kid: "k" },
          good(),
          rs(rsa.privateKey, "sha384"),
        ),
        ps512,
      );
      await refused(
        "signature.key_not_found",
        compact({ alg: "PS256", kid: "k" }, good(), ps(rsa.privateKey, 32)),
        ps512,
      );
      const other = compact(
        { alg: "ES256", kid: "k" },
        good(),
        es(ec384.privateKey),
      );
      await refused(
        "signature.key_unsuitable",
        other,
        withKeys(jwkOf(ec384.publicKey, { kid: "k" })),
        { problem: "curve" },
      );
      await refused(
        "signature.key_unsuitable",
        compact({ alg: "ES256", kid: "k" }, good(), eddsa(ed.privateKey)),
        withKeys(jwkOf(ed.publicKey, { kid: "k" })),
        { problem: "type" },
      );
    },
  },
];
